"""Define the routes of pages (``#/mon-nay`` has the route ``mon-nay``) and the names of the scripts that draw them.

A page's data is in the script ``bai/<route>.js``. ``learner/src/routes.js`` defines the routes to which pages link;
``tests/test_routes.py`` keeps the two files in agreement and ensures that no other file in the package spells out a
route. Routes are never renamed, because people save links, and printed material contains them in QR codes.
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
"""Prefix of the route of a standalone scenario; the name of its question follows."""
DESK = "giang-vien"
"""Address of the instructor's desk on a lab's server; its pages get it as ``desk``, and their scripts from them."""
CASE = "ca-"
"""Prefix of the route of a case of the day; the name of its question follows."""
DRILL = "xem-kien"
FOLLOW_UP = "on-tap"

SEARCH_INDEX = "tim"
GLOSSARY = "tu-ngu"
"""Names of data that is loaded like a page but has no address of its own."""

UNIT_SCRIPT = "hoc-bai"
OWN_SCRIPT = "cua-toi"
REFERENCE_SCRIPT = "them"
HEAD_SCRIPT = "dau-trang"
DRILL_SCRIPT = "kien"
FOLLOW_UP_SCRIPT = "on-tap"
"""Names, without ``.js``, of the scripts that a site loads on demand."""


def link(route: str) -> str:
    """Return the address of ``route`` for a link within the site."""
    return f"#/{route}"
