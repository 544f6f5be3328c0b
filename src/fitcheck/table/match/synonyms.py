"""
What tables call the fields of a deal, beyond the words of our own.

Headers of CRM exports, and the plain words for the same in the languages of their users. A line further down is weaker:
a table that has "Opportunity Name" and "Account Name" is named by the first.
"""

from collections.abc import Mapping
from functools import cache

from fitcheck.folding import folded_header
from fitcheck.mapping import Field

SYNONYMS: Mapping[Field, tuple[tuple[str, ...], ...]] = {
    "id": (
        ("Deal ID", "Opportunity ID", "Record ID", "hs_object_id", "Potential ID", "Prospect ID", "Opportunity ID 18"),
        ("ID de registro", "ID do registro", "ID record", "ID de fiche d'informations", "Deal Number", "Row ID"),
    ),
    "name": (
        ("Deal Name", "Opportunity Name", "Deal Title", "dealname", "Potential Name", "Prospect", "Prospect Name"),
        ("Nombre del negocio", "Nom de la transaction", "Nome trattativa", "Nome do negócio", "取引名"),
        ("Deal", "Opportunity", "Title", "Topic"),
        ("Account Name", "Company Name", "Account", "Company", "Organization", "Organisation", "Customer", "Client"),
        ("Customer Name", "Client Name", "Organization Name", "Organisation Name", "Associated Company (Primary)"),
        ("Kunde", "Firma", "Unternehmen", "Empresa", "Cliente", "Entreprise", "Azienda", "Bedrijf", "Klant"),
    ),
    "value": (
        ("Amount", "Deal Value", "Deal Amount", "Opportunity Amount", "Deal Size", "Contract Value"),
        (
            "Betrag",
            "Auftragswert",
            "Wert",
            "Importe",
            "Montant",
            "Importo",
            "Valor",
            "Bedrag",
            "Kwota",
            "Belopp",
            "金額",
        ),
        ("Total Amount", "Total Value", "Est. Revenue", "Estimated Revenue", "Estimated Value"),
        (
            "Close Value",
            "TCV",
            "ACV",
            "Total Contract Value",
            "Annual Contract Value",
            "Opportunity Value",
            "Potential Amount",
        ),
    ),
    "currency": (
        ("Currency Code", "CurrencyIsoCode", "Deal Currency", "Opportunity Currency", "Deal currency of value"),
        ("Währung", "Moneda", "Devise", "Valuta", "Moeda", "Waluta", "通貨"),
        ("Currency of value", "Amount Currency", "Total Amount Currency"),
    ),
    "margin": (
        ("Deal Margin", "Contribution Margin", "Gross Profit", "Gross Margin", "Profit Margin"),
        ("Deckungsbeitrag", "Marge", "Margen", "Margine", "Margem"),
    ),
    "owner": (
        ("Deal Owner", "Opportunity Owner", "Record Owner", "Potential Owner"),
        ("Propietario del negocio", "Propriétaire de la transaction", "Proprietario della trattativa"),
        ("Proprietário do negócio", "Eigenaar"),
        ("Owner Name", "Opportunity Owner Name", "Deal Owner Name", "Deal owner email"),
        (
            "Account Owner",
            "Sales Agent",
            "Rep Name",
            "Salesperson",
            "Sales Rep",
            "Sales Representative",
            "Account Executive",
            "Account Manager",
        ),
    ),
    "stage": (
        ("Deal Stage", "Opportunity Stage", "Sales Stage", "Pipeline Stage", "StageName", "Stage Name", "dealstage"),
        (
            "Deal Stage (pipeline)",
            "Etapa del negocio",
            "Phase de la transaction",
            "Fase trattativa",
            "Etapa do negócio",
        ),
        ("Phase", "Etapa", "Étape", "Fase", "Etap", "取引ステージ", "Deal Status", "Opportunity Status", "Status"),
        ("Opportunity State", "Deal State", "Outcome", "Deal Outcome", "Stage Category", "Statut", "Estado", "Stato"),
    ),
    "closed": (
        ("Is Closed Won", "Is Closed Lost", "Is Closed", "Is Won", "Is Lost", "hs_is_closed_won", "hs_is_closed"),
        ("hs_is_closed_lost", "hs_is_deal_closed", "Is Deal Closed?", "Deal Closed", "Closed Won", "Closed Lost"),
        ("Won", "Lost", "Deal Won", "Deal Lost", "Opportunity Closed", "Opportunity Won"),
        ("È con chiusura vinta", "È con chiusura persa", "Está cerrado ganado", "Está cerrado perdido"),
        ("Ist abgeschlossen und gewonnen", "Ist abgeschlossen und verloren", "Est fermé gagné", "Est fermé perdu"),
        ("Is gesloten gewonnen", "Is gesloten verloren", "Está fechado ganho", "Está fechado perdido"),
        ("Gewonnen", "Verloren", "Abgeschlossen", "Geschlossen"),
    ),
    "win_probability": (("Win probability", "Win chance", "Chance of winning"),),
}


PERSONAL = frozenset(
    map(
        folded_header,
        ("First Name", "Last Name", "Full Name", "Email", "E-mail", "Email Address", "Phone", "Company", "Company Name",
         "Vorname", "Nachname", "Prénom", "Apellido", "Apellidos", "Nombre", "Cognome", "Sobrenome", "Firma",
         "Job Function"),
    )
)  # fmt: skip
"""Headers of lists of people, among whom a title is that of a job."""

TITLE = "title"

MEANS_MONEY = frozenset(
    ("amount", "value", "importe", "montant", "betrag", "wert", "importo", "valor", "bedrag", "kwota", "belopp",
     "revenue",
     "umsatz", "price", "total", "arr", "mrr", "金額")
)  # fmt: skip
"""Words of headers below which an amount may stand that is the value of a deal."""


@cache
def field_of() -> Mapping[str, tuple[Field, int]]:
    """Return the field that each folded header means, with its strength: 0 is the strongest."""
    return {
        folded_header(word): (field, strength)
        for field, tiers in SYNONYMS.items()
        for strength, tier in enumerate(tiers)
        for word in tier
    }


def joined(folded: str) -> str:
    """
    Return a folded header as one word, as programs write it.

    >>> joined("opportunity id"), joined("opportunityid")
    ('opportunityid', 'opportunityid')
    """
    return folded.replace(" ", "")


@cache
def field_of_one_word() -> Mapping[str, tuple[Field, int]]:
    """Return the same for headers in one word."""
    return {joined(words): meaning for words, meaning in reversed([*field_of().items()])}
