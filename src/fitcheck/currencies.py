"""Currencies as people and programs write them: ISO codes, signs, and names in English."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

CODES = frozenset((
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF",
    "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP",
    "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP",
    "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD",
    "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP",
    "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK",
    "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR",
    "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE",
    "SOS", "SRD", "SSP", "STN", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS",
    "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "YER", "ZAR",
    "ZMW", "ZWG",
))  # fmt: skip
"""ISO 4217 codes of money that is paid with."""

DOLLARS = (
    "USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "DOP", "JMD", "TTD",
    "BSD", "BBD", "BMD", "BND", "BZD", "FJD", "GYD", "KYD", "LRD", "NAD", "SBD", "SRD", "XCD",
)  # fmt: skip


class Sign(NamedTuple):
    """
    A currency as a cell or a header writes it.

    Attributes:
        codes: ISO codes of the currencies that it may be.
        usual: the one that it is where nothing else says which; None where that would be a guess.
    """

    codes: tuple[str, ...]
    usual: str | None = None


def _one(code: str) -> Sign:
    return Sign((code,), code)


_KRONOR = Sign(("NOK", "SEK", "DKK", "ISK"))
_RUPEES = Sign(("INR", "PKR", "LKR", "NPR", "MUR", "SCR"))
_YEN = Sign(("JPY", "CNY"), "JPY")

_SIGNS: Mapping[str, Sign] = {
    "$": Sign(DOLLARS, "USD"),
    "£": Sign(("GBP", "EGP", "LBP", "SYP", "GIP", "FKP", "SHP", "SSP", "SDG"), "GBP"),
    "¥": _YEN,
    "￥": _YEN,
    "元": Sign(("CNY", "TWD"), "CNY"),
    **dict.fromkeys(("kr", "kr."), _KRONOR),
    **dict.fromkeys(("rs", "rs.", "₨"), _RUPEES),
    **dict.fromkeys(("fr", "fr.", "₣"), Sign(("CHF", "XAF", "XOF", "XPF"), "CHF")),
    **dict.fromkeys(("lei", "leu"), Sign(("RON", "MDL"), "RON")),
    **{
        sign: _one(code)
        for code, signs in {
            "AUD": "a$ au$ aud$", "ARS": "ar$", "BDT": "৳ tk tk.", "BGN": "лв лв. lv lv.", "BOB": "bs bs.",
            "BRL": "r$", "CAD": "c$ ca$ cad$ cdn$", "CHF": "sfr sfr.", "CLP": "cl$ clp$", "CNY": "rmb cn¥ 人民币",
            "COP": "co$ col$ cop$", "CRC": "₡", "CZK": "kč kc", "DOP": "rd$", "EUR": "€", "GEL": "₾", "GHS": "₵ gh₵",
            "HKD": "hk$", "HUF": "ft", "IDR": "rp rp.", "ILS": "₪", "INR": "₹", "JMD": "j$", "JPY": "円 jp¥",
            "KES": "ksh ksh.", "KRW": "₩ 원", "KZT": "₸", "MNT": "₮", "MXN": "mx$ mex$", "MYR": "rm", "NGN": "₦",
            "NZD": "nz$ nzd$", "PEN": "s/ s/.", "PHP": "₱ php", "PLN": "zł zl zł.", "PYG": "₲", "QAR": "qr",
            "RSD": "din din. дин", "RUB": "₽ \u0440\u0443\u0431 \u0440\u0443\u0431. \u0440.", "SAR": "sr ﷼",
            "SGD": "s$ sg$", "THB": "฿",
            "TRY": "₺ tl", "TTD": "tt$", "TWD": "nt$", "UAH": "₴ грн грн.", "USD": "us$ usd$ u$s", "UYU": "$u",
            "VND": "₫ đ", "XCD": "ec$", "ZAR": "r",
        }.items()
        for sign in signs.split()
    },
}  # fmt: skip
"""By a sign in small letters, what it may be."""

_NAMES = {
    "euro": "EUR", "euros": "EUR", "us dollar": "USD", "us dollars": "USD", "british pound": "GBP",
    "pound sterling": "GBP", "pounds sterling": "GBP", "swiss franc": "CHF", "swiss francs": "CHF",
    "canadian dollar": "CAD", "australian dollar": "AUD", "new zealand dollar": "NZD", "singapore dollar": "SGD",
    "hong kong dollar": "HKD", "japanese yen": "JPY", "yen": "JPY", "danish krone": "DKK", "norwegian krone": "NOK",
    "swedish krona": "SEK", "polish zloty": "PLN", "czech koruna": "CZK", "hungarian forint": "HUF",
    "indian rupee": "INR", "indian rupees": "INR", "brazilian real": "BRL", "mexican peso": "MXN",
    "south african rand": "ZAR", "chinese yuan": "CNY", "yuan renminbi": "CNY", "turkish lira": "TRY",
}  # fmt: skip
"""As some systems write them instead of their codes."""

_CODE_LETTERS = 3


@cache
def sign_of(written: str) -> Sign | None:
    """
    Return what a currency may be as it is written beside an amount: its code or its sign; None if it is neither.

    >>> sign_of("CA$"), sign_of("eur"), sign_of("kr"), sign_of("kg")
    (Sign(codes=('CAD',), usual='CAD'), Sign(codes=('EUR',), usual='EUR'), Sign(codes=('NOK', 'SEK', 'DKK', 'ISK'), usual=None), None)
    """  # noqa: E501 - one line of a doctest
    known = _SIGNS.get(written.casefold())
    if known:
        return known
    is_code = len(written) == _CODE_LETTERS and written.isascii() and written.isalpha()
    return _one(written.upper()) if is_code and (written.isupper() or written.upper() in CODES) else None


def currency_of(text: str) -> Sign | None:
    """
    Return what a cell may be that holds a currency and nothing else: its code, its sign, its name in English.

    >>> currency_of("eur").usual, currency_of("Pound Sterling").usual, currency_of("€").usual, currency_of("crowns")
    ('EUR', 'GBP', 'EUR', None)
    """
    text = text.strip()
    named = _NAMES.get(" ".join(text.casefold().split()))
    if named:
        return _one(named)
    is_code = len(text) == _CODE_LETTERS and text.isascii() and text.isalpha()
    return sign_of(text) or (_one(text.upper()) if is_code else None)
