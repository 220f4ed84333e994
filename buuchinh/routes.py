"""The addresses of pages (``#/mon-nay`` has the route ``mon-nay``) and the names of the scripts that draw them.

A page's data is the script ``bai/<route>.js``. ``learner/src/routes.js`` has the routes that pages link to;
``tests/test_routes.py`` keeps the two equal, and lets no other file of the package spell one. A route is never renamed:
people save links, and printed sheets have them in square codes.
"""

EMERGENCY = "khan-cap"
STICKERS = "nhan-dien-thoai"
OPENING = "ai-duoc-mo"
LAW = "luat-theo-ngay"
OFFICE = "don-vi"
GOODS = "mon-nay"
RESULTS = "ket-qua"
CERTIFICATE = "giay-ghi-nhan"
AGAIN = "lam-lai"
QUICK_QUIZ = "do-nhanh"
ALONE_LIST = "dau-ca"
ALONE = "rieng-"
"""How the route of a scenario on a page of its own begins; its question's name follows."""
CASE = "ca-"
"""How the route of the case of the day begins; its question's name follows."""
DRILL = "xem-kien"
FOLLOW_UP = "on-tap"

SEARCH_INDEX = "tim"
GLOSSARY = "tu-ngu"
SHARED_LAW = "luat"
"""Data that comes as a page does, and that no address shows."""

UNIT_SCRIPT = "hoc-bai"
OWN_SCRIPT = "cua-toi"
REFERENCE_SCRIPT = "them"
HEAD_SCRIPT = "dau-trang"
DRILL_SCRIPT = "kien"
FOLLOW_UP_SCRIPT = "on-tap"
"""Files (without ``.js``) at the top of a site: what asks questions, what is made of answers, and so on."""


def link(route: str) -> str:
    """Return the address within the site, for a link."""
    return f"#/{route}"
