"""One made-up question of each type, with its key, for the tests that look at them."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import TypeAdapter

from buuchinh.questions.asked import Asked
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile
from buuchinh.questions.browser import payload
from buuchinh.questions.publish import public_json, sheet

ON = date(2026, 11, 25)
NOTES: dict[str, Any] = {"bloom": "apply", "difficulty": 0.5, "intent": "CANARY-intent"}
BASIS = {"provisions": ["LBC-2010/29.3"]}
VERDICT = {"right": "Đúng: cộng lại là mười.", "wrong": "Cộng lại từng khoản rồi so với tổng."}

SINGLE: dict[str, Any] = {
    "id": "t-single",
    "type": "single",
    "title": "Gói không cho xem",
    "critical": True,
    "stem": "Khách đặt lên quầy một gói nhỏ, khai **phụ tùng xe máy**, và không cho xem bên trong.\nAnh/chị làm gì?",
    "options": [
        {"id": "moi", "text": "Giải thích quy định niêm yết, mời khách mở gói; khách vẫn từ chối thì không nhận."},
        {"id": "ghi", "text": "Nhận gói để quầy khỏi ùn, ghi “khách không cho kiểm tra” lên vận đơn."},
        {"id": "sau", "text": "Nhận gói, rồi cùng trưởng ca mở ra xem ở phòng sau."},
    ],
    "keys": [
        BASIS
        | {
            "correct": "moi",
            "feedback": {
                "moi": "Khách tự mở, anh/chị nhìn. Ghi lại việc từ chối theo quy trình của đơn vị.",
                "ghi": "Hàng đang chờ khiến cách này có vẻ hợp lý. Nhưng ghi chú không làm gói an toàn hơn.",
                "sau": "Có trưởng ca đi cùng dễ tạo cảm giác là đúng thẩm quyền. Muốn xem thì xem trước khi nhận.",
            },
        }
    ],
}
MULTIPLE: dict[str, Any] = {
    "id": "t-multiple",
    "type": "multiple",
    "stem": "Những dấu hiệu nào anh/chị ghi vào biên bản?",
    "options": [
        {"id": "mui", "text": "Mùi hắc từ góc rách."},
        {"id": "vat", "text": "Vật kim loại lạ lộ ra."},
        {"id": "doan", "text": "Có vẻ là súng tự chế."},
    ],
    "keys": [
        BASIS
        | {
            "correct": ["mui", "vat"],
            "feedback": {
                "mui": "Tả đúng điều mình thấy.",
                "vat": "Tả đúng điều mình thấy.",
                "doan": "Phân loại không phải việc của người phát hiện. Hãy tả, đừng gọi tên.",
            },
        }
    ],
}
PICTURE: dict[str, Any] = {
    "id": "t-picture",
    "type": "picture",
    "title": "Kiện trên quầy",
    "stem": "Nhìn kiện trên quầy. Chỗ nào phải hỏi lại trước khi nhận?",
    "picture": "hinh/kien.svg",
    "alt": "Một kiện giấy nâu trên quầy, có băng keo, vết sẫm và tem.",
    "svg": """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300">
<rect width="600" height="300" fill="#f6f1e7"/>
<rect x="120" y="60" width="360" height="190" fill="#c9a26b" stroke="#5b4630" stroke-width="3"/>
<g id="vet"><ellipse cx="180" cy="215" rx="42" ry="24" fill="#5b3b1c"/></g>
<g id="tem"><rect x="390" y="80" width="70" height="46" fill="#fff" stroke="#333"/></g>
<g id="keo"><rect x="120" y="140" width="360" height="22" fill="#e7d9b8"/></g>
</svg>""",
    "options": [
        {"id": "vet", "text": "Vết sẫm ở góc dưới."},
        {"id": "tem", "text": "Tem ở góc trên."},
        {"id": "keo", "text": "Băng keo giữa kiện."},
    ],
    "keys": [
        BASIS
        | {
            "correct": ["vet"],
            "feedback": {
                "vet": "Đúng: hỏi khách đó là gì, trước khi nhận.",
                "tem": "Tem nằm ở góc là bình thường.",
                "keo": "Kiện nào cũng có băng keo.",
            },
        }
    ],
}
MARK: dict[str, Any] = {
    "id": "t-mark",
    "type": "mark",
    "title": "Giấy đề nghị",
    "stem": "Đọc giấy. Đánh dấu những chỗ phải làm rõ.",
    "heading": "GIẤY ĐỀ NGHỊ",
    "document": [
        "Kính gửi bưu cục.",
        [
            "Tôi là",
            {"id": "ai", "text": "bạn của người nhận"},
            ", đề nghị cho biết",
            {"id": "gi", "text": "tên và số điện thoại của người gửi"},
            ".",
        ],
        [{"id": "luc", "text": "Hẹn trả lời trong giờ làm việc"}, "."],
    ],
    "keys": [
        BASIS
        | {
            "correct": ["ai", "gi"],
            "feedback": {
                "ai": "Không phải người gửi, người nhận.",
                "gi": "Đó là thông tin riêng.",
                "luc": "Giờ hẹn là bình thường.",
            },
        }
    ],
}
MOMENT: dict[str, Any] = {
    "id": "t-moment",
    "type": "moment",
    "title": "Ghi giờ",
    "stem": "Kiện rách được thấy lúc 9 giờ 40 sáng, ngày 24 tháng 11 năm 2026. Biên bản ghi lúc nào?",
    "asks": "both",
    "keys": [
        {
            "provisions": ["LBC-2010/13.2"],
            "correct": "2026-11-24T09:40",
            "feedback": VERDICT,
            "mistakes": [{"value": "2026-11-24T21:40", "feedback": "Anh/chị ghi giờ tối. Kiện rách lúc sáng."}],
        }
    ],
}
NUMERIC: dict[str, Any] = {
    "id": "t-numeric",
    "type": "numeric",
    "title": "Cộng thử",
    "stem": "Báo cáo kể một súng quân dụng và chín súng tự chế. Cộng lại là bao nhiêu?",
    "unit": "khẩu",
    "minimum": 0,
    "maximum": 5000,
    "keys": [
        {
            "sources": ["BGL-246185"],
            "correct": 10,
            "feedback": VERDICT,
            "mistakes": [{"value": 11, "feedback": "Mười một là tổng báo cáo ghi, không phải tổng của hai khoản."}],
        }
    ],
}
ORDERING: dict[str, Any] = {
    "id": "t-ordering",
    "type": "ordering",
    "title": "Thứ tự xử lý",
    "stem": "Anh/chị thấy một kiện rách góc có mùi lạ. Xếp các việc theo thứ tự.",
    "items": [
        {"id": "bao", "text": "Báo trưởng bưu cục."},
        {"id": "dung", "text": "Dừng, không chạm thêm."},
        {"id": "lui", "text": "Mời mọi người lùi ra."},
    ],
    "keys": [
        BASIS
        | {
            "correct": ["dung", "lui", "bao"],
            "feedback": {
                "dung": "Dừng trước hết.",
                "lui": "Người trước, bưu gửi sau.",
                "bao": "Báo khi mọi người đã an toàn.",
            },
        }
    ],
}
MATCHING: dict[str, Any] = {
    "id": "t-matching",
    "type": "matching",
    "stem": "Ai làm việc nào?",
    "left": [{"id": "nhan", "text": "Giao dịch viên"}, {"id": "phat", "text": "Bưu tá"}],
    "right": [
        {"id": "kiem", "text": "Mời khách mở gói trước khi nhận"},
        {"id": "dung", "text": "Dừng phát và báo"},
        {"id": "mo", "text": "Tự mở gói"},
    ],
    "keys": [
        BASIS
        | {
            "correct": {"nhan": "kiem", "phat": "dung"},
            "feedback": {"nhan": "Ở quầy, trước khi nhận.", "phat": "Trên đường phát."},
        }
    ],
}
TEXT: dict[str, Any] = {
    "id": "t-text",
    "type": "text",
    "stem": "Giấy ghi lại việc phát hiện gọi là gì?",
    "keys": [
        BASIS
        | {"correct": ["biên bản"], "feedback": {"right": "Đúng, biên bản.", "wrong": "Giấy có chữ ký của các bên."}}
    ],
}
MANUAL: dict[str, Any] = {
    "id": "t-manual",
    "type": "text",
    "manual": True,
    "lines": 4,
    "stem": "Viết một câu báo cho trưởng ca.",
    "keys": [
        BASIS | {"rubric": "Nêu nơi, vật, việc đã làm.", "model_answer": "Tại quầy 2, kiện rách góc, tôi đã dừng nhận."}
    ],
}
SCENARIO: dict[str, Any] = {
    "id": "t-scenario",
    "type": "scenario",
    "title": "Kiện rách ở khu tập thể",
    "role": "bưu tá",
    "stem": "Đọc từng đoạn và quyết định như trong ca làm việc.",
    "start": "thay",
    "nodes": {
        "thay": {
            "text": "Một kiện rách góc, có mùi hắc. Người nhận đứng ngay cửa, giục lấy.",
            "choices": [
                {"id": "dung", "text": "Không đưa, đặt kiện xuống chỗ vắng, mời mọi người lùi ra.", "next": "goi"},
                {"id": "dua", "text": "Đưa cho người nhận, họ ký rồi thì là của họ.", "next": "da-dua"},
            ],
        },
        "goi": {
            "text": "Mọi người đã lùi ra. Anh/chị làm gì tiếp?",
            "choices": [
                {"id": "goi", "text": "Gọi trưởng bưu cục và chờ tại chỗ.", "next": "xong"},
                {"id": "xem", "text": "Vạch chỗ rách ra xem cho chắc.", "next": "da-dua"},
            ],
        },
    },
    "ends": {
        "xong": {"text": "Trưởng bưu cục đến và lập biên bản."},
        "da-dua": {"text": "Thêm một người gặp nguy hiểm."},
    },
    "keys": [
        BASIS
        | {
            "correct": {"thay": {"dung": 2, "dua": 0}, "goi": {"goi": 2, "xem": 0}},
            "feedback": {
                "thay": {"dung": "Người trước, bưu gửi sau.", "dua": "Chữ ký không xóa trách nhiệm bảo đảm an toàn."},
                "goi": {"goi": "Báo và giữ nguyên hiện trạng.", "xem": "Chạm thêm là nguy hiểm cho cả khu."},
            },
            "ends": {
                "xong": {"kind": "safe", "feedback": "Đủ và đúng thứ tự."},
                "da-dua": {"kind": "violation", "back_to": "thay", "feedback": "Dừng phát là việc phải làm trước."},
            },
        }
    ],
}
CODE: dict[str, Any] = {
    "id": "t-code",
    "type": "code",
    "stem": "Tính tổng số vụ và bảng theo tỉnh.",
    "values": [
        {"id": "tong", "label": "Tổng số vụ", "kind": "integer", "minimum": 0},
        {"id": "bang", "label": "Số vụ theo tỉnh", "kind": "table", "columns": ["tinh", "so_vu"]},
    ],
    "keys": [
        {
            "sources": ["BGL-246185"],
            "correct": {"tong": 11, "bang": {"columns": ["tinh", "so_vu"], "rows": [["Gia Lai", 11]]}},
            "feedback": VERDICT,
        }
    ],
}
SURVEY: dict[str, Any] = {
    "id": "t-survey",
    "type": "survey",
    "stem": "Bài này có ích cho ca làm việc của anh/chị không?",
    "options": [{"id": "co", "text": "Có ích"}, {"id": "chua", "text": "Chưa rõ"}],
}
FORM: dict[str, Any] = {
    "id": "t-form",
    "type": "form",
    "title": "Báo cáo sự việc",
    "stem": "Điền phiếu báo cáo về kiện rách góc.",
    "fields": [
        TEXT | {"id": "noi", "title": "Loại giấy"},
        NUMERIC | {"id": "so", "title": "Số lượng"},
        MULTIPLE | {"id": "dau", "title": "Dấu hiệu"},
        ORDERING | {"id": "viec", "title": "Việc đã làm"},
    ],
}
ALL = {
    one["id"]: one | NOTES
    for one in (
        SINGLE,
        MULTIPLE,
        PICTURE,
        MARK,
        NUMERIC,
        MOMENT,
        ORDERING,
        MATCHING,
        TEXT,
        MANUAL,
        SCENARIO,
        FORM,
        CODE,
        SURVEY,
    )
}
_READ: TypeAdapter[AuthoredQuestion] = TypeAdapter(AuthoredQuestion)


def authored(question_id: str) -> AuthoredQuestion:
    """Return the author's shape of one of them."""
    return _READ.validate_python(ALL[question_id])


def public(question_id: str) -> Asked:
    """Return what a trainee gets of one of them."""
    file = QuestionFile(unit="t", version="1.0.0", title="Thử", seed="thu", questions=(authored(question_id),))
    return sheet(file).questions[0]


def practice_payload(question_id: str) -> dict[str, Any]:
    """Return the payload of one of them to practise with."""
    return {"mode": "practice", "on": ON.isoformat(), **payload.practice(authored(question_id), ON)}


def exam_payload(question_id: str) -> dict[str, Any]:
    """Return the payload of one of them as graded."""
    question: Any = public(question_id)
    return {"mode": "exam", "question": public_json(question)}
