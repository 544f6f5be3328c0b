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
        ("Deal ID", "Opportunity ID", "Record ID", "hs_object_id", "Potential ID", "Prospect ID"),
        ("ID de registro", "ID do registro", "ID record", "ID de fiche d'informations", "Deal Number", "Row ID"),
    ),
    "name": (
        ("Deal Name", "Opportunity Name", "Deal Title", "dealname", "Potential Name", "Prospect", "Prospect Name"),
        ("Nombre del negocio", "Nom de la transaction", "Nome trattativa", "Nome do negócio", "取引名"),
        ("Deal", "Opportunity", "Title", "Topic"),
        ("Account Name", "Company Name", "Account", "Company", "Organization", "Organisation", "Customer", "Client"),
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
    ),
    "currency": (
        ("Currency Code", "CurrencyIsoCode", "Deal Currency", "Opportunity Currency", "Deal currency of value"),
        ("Währung", "Moneda", "Devise", "Valuta", "Moeda", "Waluta", "通貨"),
        ("Currency of value", "Amount Currency", "Total Amount Currency"),
    ),
    "margin": (("Deal Margin", "Contribution Margin", "Gross Profit"), ("Deckungsbeitrag",)),
    "owner": (
        ("Deal Owner", "Opportunity Owner", "Record Owner", "Potential Owner"),
        ("Propietario del negocio", "Propriétaire de la transaction", "Proprietario della trattativa"),
        ("Proprietário do negócio", "Eigenaar"),
        ("Account Owner", "Salesperson", "Sales Rep", "Sales Representative", "Account Executive", "Account Manager"),
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
    ),
}


@cache
def field_of() -> Mapping[str, tuple[Field, int]]:
    """Return the field that each folded header means, with its strength: 0 is the strongest."""
    return {
        folded_header(word): (field, strength)
        for field, tiers in SYNONYMS.items()
        for strength, tier in enumerate(tiers)
        for word in tier
    }
