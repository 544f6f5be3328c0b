"""
What people call the questions of the built-in screens in their CRM, and the words that they answer with.

All of it only proposes: a person confirms each guess. Questions of your own are found by the words of their text.
"""

from collections.abc import Mapping
from typing import NamedTuple

YES, PARTLY, NO = "yes", "partly", "no"

STANDARD: Mapping[str, tuple[str, ...]] = {
    YES: (
        "yes", "y", "true", "ja", "oui", "si", "sí", "sim", "done", "complete", "completed", "confirmed", "approved",
        "agreed", "engaged", "met", "signed", "in place", "high", "strong", "good", "positive", "active", "validated",
    ),
    PARTLY: (
        "partly", "partial", "partially", "in progress", "pending", "requested", "planned", "medium", "moderate",
        "identified", "known", "some", "draft", "scheduled", "neutral", "under review", "started", "average",
    ),
    NO: (
        "no", "n", "false", "nein", "non", "não", "none", "nobody", "not yet", "not met", "not identified", "missing",
        "low", "weak", "rejected", "not started", "not approved", "declined", "poor", "negative", "blocked", "lost",
        "inactive",
    ),
}  # fmt: skip
"""Words of CRM fields for yes, for something between, and for no, in folded spelling."""


class Everyday(NamedTuple):
    """
    Everyday words for one question.

    Attributes:
        headers: what its column is called; a header that holds all words of one, in any order, is meant.
        yes, partly, no: the options that such words stand for; blank where none fits.
        words: other words, and the option that each stands for.
        perhaps: what a column is called that may say so, but mostly says something else.
        but: what it mostly says.
    """

    headers: tuple[str, ...]
    yes: str = ""
    partly: str = ""
    no: str = ""
    words: Mapping[str, str] = {}
    perhaps: tuple[str, ...] = ()
    but: str = ""


EVERYDAY: Mapping[str, Everyday] = {
    "solution_sought": Everyday(
        ("solution type", "solution sought", "kind of solution", "product interest", "maturity needed"),
        words={"early adopter": "a_say_in_it", "co development": "a_say_in_it", "co creation": "a_say_in_it",
               "beta": "a_say_in_it", "mvp": "one_job_done", "standard": "finished_product",
               "off the shelf": "finished_product", "quick fix": "quick_fix", "urgent": "quick_fix"},
    ),
    "start_condition": Everyday(
        ("start condition", "preconditions", "prerequisites", "conditions to start", "blockers"),
        "", "beside_the_old_way", "",
        {"ready": "starts_now", "none": "starts_now", "certification": "not_listed_yet", "references": "several_alike",
         "parallel run": "beside_the_old_way", "certificate": "not_listed_yet"},
    ),
    "named_users": Everyday(
        ("users", "end users", "named users", "user group", "testers", "pilot team", "project team"),
        "named", "promised", "nobody", {"live": "in_use", "testing": "in_use", "using": "in_use", "committed":
                                        "named_with_time"},
    ),
    "deadline": Everyday(
        ("go live", "golive", "deadline", "need by", "needed by", "needed", "launch date", "implementation date",
         "required by", "target date", "timeline", "timeframe", "time frame", "purchase timeframe",
         "decision timeframe",
         "urgency", "implementation timeframe", "start date needed"),
        words={"immediate": "up_to_two_months", "asap": "up_to_two_months", "urgent": "up_to_two_months",
               "this month": "up_to_two_months", "next month": "up_to_two_months", "this quarter": "up_to_three_months",
               "next quarter": "up_to_six_months", "this year": "none_or_later", "next year": "none_or_later",
               "no deadline": "none_or_later", "none": "none_or_later", "flexible": "none_or_later"},
        perhaps=("close date", "closing date", "closedate", "expected close date", "est close date",
                 "estimated close date", "expected closing", "fecha de cierre", "date de fermeture", "data di chiusura",
                 "data de fechamento", "sluitingsdatum", "abschlussdatum"),
        but="the day you expect to sign is rarely the day it must work",
    ),
    "when_it_broke": Everyday(("when it broke", "reaction to faults", "reaction to issues", "tolerance")),
    "relied_on_us": Everyday(("our promises", "promises kept", "commitments kept", "our commitments"),
                             "kept", "made_good", "broken_and_open"),
    "proof_wanted": Everyday(
        ("proof", "proof wanted", "evidence wanted", "validation", "decision criteria", "proof required"),
        "usual_checks", "", "nothing_asked",
        {"demo": "usual_checks", "trial": "usual_checks", "reference": "usual_checks", "pilot": "named_test",
         "test": "named_test", "success criteria": "named_test"},
    ),
    "terms_and_risk": Everyday(
        ("terms", "contract terms", "legal terms", "risk sharing", "liability", "terms and risk", "legal status"),
        "usual_terms", "", "all_on_us",
        {"standard": "usual_terms", "accepted": "usual_terms", "penalties": "all_on_us", "shared": "shared_in_writing"},
    ),
    "as_customer": Everyday(
        ("existing customer", "customer health", "health score", "account health", "customer status", "satisfaction"),
        "renewed_on_time", "part_unused", "",
        {"green": "renewed_on_time", "yellow": "part_unused", "amber": "part_unused", "red": "unhappy_users",
         "promoter": "spoke_for_us", "detractor": "unhappy_users", "reference customer": "spoke_for_us",
         "churn risk": "unhappy_users", "unhappy": "unhappy_users"},
    ),
    "bad_news": Everyday(("bad news", "honest feedback", "candour", "candor", "openness"),
                         "told_us", "only_praise", "hushed_up"),
    "shown_inside": Everyday(("data shared", "data access", "access given", "discovery access", "information shared"),
                             "opened_up", "a_part", "nothing_came", {"refused": "shut"}),
    "dates_kept": Everyday(("dates kept", "responsiveness", "keeps promises", "follow through", "engagement"),
                           "kept", "one_late", "dragging", {"on time": "kept", "late": "one_late", "slow": "dragging",
                                                            "unresponsive": "dragging", "ghosting": "none_done"}),
    "wants_us_to_succeed": Everyday(
        ("champion", "advocate", "internal champion", "relationship", "sentiment", "relationship strength"),
        "wants_it_to_work", "", "refused_help",
        {"advocate": "helped_us", "supporter": "wants_it_to_work", "detractor": "refused_help"},
    ),
    "supplier_word": Everyday(("supplier feedback", "reputation", "supplier reputation", "payment history"),
                              "would_again", "nothing_against", "warned_us", {"late": "late_or_changing"}),
    "problem_match": Everyday(
        ("pain", "identify pain", "pain point", "use case", "use case fit", "problem", "need", "needs", "fit",
         "product fit", "solution fit", "technical fit", "requirements"),
        "the_one_we_solve", "a_part_worth_having", "another_problem", {"unclear": "cannot_say"},
    ),
    "goal_in_their_words": Everyday(("goal", "goals", "objective", "success metric", "success metrics",
                                     "metrics", "kpi"),
                                    "result_and_measure", "result_only", "cannot_say",
                                    {"quantified": "result_and_measure", "qualitative": "result_only"}),
    "wider_use": Everyday(("customisation", "customization", "custom development", "roadmap fit", "special requests"),
                          "condition_of_theirs", "would_do_without", "others_want_it",
                          {"standard": "others_want_it", "exclusivity": "control_over_us"}),
    "in_profile": Everyday(("icp", "icp fit", "ideal customer profile", "icp tier", "account tier", "profile fit"),
                           "inside", "one_differs", "outside",
                           {"a": "inside", "tier 1": "inside", "b": "one_differs", "tier 2": "one_differs",
                            "c": "two_differ", "tier 3": "two_differ", "d": "outside"}),
    "joint_plan": Everyday(
        ("next step", "next steps", "mutual action plan", "joint plan", "close plan", "action plan",
         "map status", "success plan",
            "next step status"),
        "plan_of_both", "next_step_dated", "no_date_yet", {"shared": "plan_of_both", "agreed": "plan_of_both",
                                                           "no reply": "no_reply_twice",
                                                           "no response": "no_reply_twice"},
        ("next activity date", "next step date", "next meeting date", "next meeting", "next activity"),
        "the date may be your own reminder",
    ),
    "bought_before": Everyday(("experience", "bought before", "previous solution", "prior experience",
                               "buying experience"),
                              "done_before", "new_takes_help", "", {"first time": "new_takes_help",
                                                                   "new": "new_takes_help"}),
    "who_decides": Everyday(
        ("decision maker", "decisionmaker", "economic buyer", "authority", "decider", "signer", "signs",
            "signatory", "sponsor",
         "executive sponsor", "exec sponsor", "budget holder", "buying role", "decision process"),
        "signer_met_us", "path_named", "contact_cannot_say",
        {"met": "signer_met_us", "left": "nobody_leads", "no sponsor": "nobody_leads", "mapping": "finding_out",
         "researching": "finding_out"},
    ),
    "cost_of_waiting": Everyday(("compelling event", "cost of inaction", "cost of waiting", "business impact", "impact",
                                 "consequence", "driver"),
                                "loss_named", "cannot_say", "nothing_happens", {"browsing": "only_looking",
                                                                               "just looking": "only_looking"}),
    "money_set_aside": Everyday(
        ("budget", "budget status", "budget confirmed", "funding", "funding status", "money"),
        "set_aside_or_paid", "on_its_way", "half_or_none",
        {"allocated": "set_aside_or_paid", "secured": "set_aside_or_paid", "too expensive": "half_or_none",
         "negotiating": "wants_it_cheaper", "discount": "wants_it_cheaper", "accepted": "price_accepted",
         "no budget": "half_or_none", "unfunded": "half_or_none", "applied": "on_its_way"},
    ),
    "alternatives": Everyday(
        ("competition", "competitor", "competitors", "competitor status", "competitive", "competitive position",
         "alternatives"),
        "another_ahead", "open_choice", "",
        {"preferred": "prefers_ours", "preferred vendor": "prefers_ours", "leading": "prefers_ours", "ahead":
         "another_ahead", "competitor ahead": "another_ahead", "behind": "another_ahead", "evaluating": "open_choice",
         "sole source": "prefers_ours", "column fodder": "to_fill_a_column", "incumbent": "another_ahead"},
    ),
    "references": Everyday(("references", "reference calls", "references requested", "reference request")),
    "claims_proof": Everyday(("claims proof", "written proof", "documentation required"), "written_answers", "",
                             "no_papers"),
    "proof_of_concept": Everyday(
        ("poc", "proof of concept", "poc status", "trial", "trial status", "pilot", "pilot type", "evaluation type"),
        "unpaid_bounded", "", "no_trial",
        {"none": "no_trial", "paid": "paid", "self service": "they_try_it", "free trial": "they_try_it",
         "open end": "unpaid_open", "open ended": "unpaid_open", "two weeks": "unpaid_short", "2 weeks": "unpaid_short",
         "14 days": "unpaid_short", "bounded": "unpaid_bounded"},
    ),
    "tender": Everyday(("tender", "rfp", "rfi", "rfq", "formal procurement", "procurement process", "rfp status"),
                       "long", "short", "no_tender", {"rfp": "long", "rfi": "short", "rfq": "short"}),
    "security_review": Everyday(
        ("security review", "infosec", "security", "security questionnaire", "dpia", "gdpr", "compliance review"),
        "full_form", "short_form", "standard_answers", {"pen test": "audit", "questionnaire": "full_form",
                                                        "standard": "standard_answers", "not required":
                                                        "standard_answers"},
    ),
    "contract_form": Everyday(("contract form", "contract type", "paper", "paper process", "contract template", "msa"),
                              words={"ours": "our_terms", "our paper": "our_terms", "standard": "our_terms", "theirs":
                                     "their_paper", "their paper": "their_paper", "customer paper": "their_paper",
                                     "redlined": "our_terms_changed", "redlines": "our_terms_changed"}),
    "people_to_convince": Everyday(
        ("stakeholders", "number of stakeholders", "buying committee", "buying group size", "decision makers"),
        perhaps=("number of associated contacts", "number of contacts", "contacts", "contact count", "contact roles",
                 "people count", "of contacts"),
        but="the contacts on record are rarely all who have to agree",
    ),
    "user_access": Everyday(("access to users", "user access", "access to end users"),
                            "direct", "through_contact", "barred"),
    "requirement_changes": Everyday(("scope changes", "requirement changes", "requirements changes",
                                     "change requests")),
    "visits": Everyday(("visits", "site visits", "onsite visits", "on site", "onsite meetings")),
}  # fmt: skip
