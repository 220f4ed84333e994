"""What people bring to a counter: the catalogue, twenty in a lesson, nine labels; no posted list is told as law."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from kit.authoring import ROOT
from kit.look_up import Asked, asked

from buuchinh import datasets, law
from buuchinh.authoring import goods_checks, uses
from buuchinh.text import fold


@pytest.fixture(autouse=True)
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))


def test_twenty_goods_have_an_answer_words_for_the_customer_and_a_source() -> None:
    goods = datasets.read("goods/household").rows
    assert len(goods) == 20
    assert {row["answer"] for row in goods} == {"accept", "ask", "unit", "refuse"}
    for row in goods:
        assert row["source"], row["id"]
        if row["confidence"] == "C":
            assert row["answer"] == "unit", f"{row['id']}: what nobody has read decides nothing at a counter"


def test_what_rests_on_a_posted_list_says_so_to_the_customer_or_in_its_note() -> None:
    for row in datasets.read("goods/household").rows:
        if row["answer"] == "refuse":
            assert "danh mục" in f"{row['say']} {row['note']}", row["id"]
            assert "luật cấm" not in row["say"].lower(), row["id"]


def test_the_nine_labels_are_named_and_shown_in_lesson_three() -> None:
    assert [row["class"] for row in datasets.read("goods/hazard-labels").rows] == [str(n) for n in range(1, 10)]
    lesson = Path(ROOT / "lessons" / "03-hang-cam-va-che-tai.ipynb").read_text(encoding="utf-8")
    assert 'load(\\"goods/household\\")' in lesson
    assert "hinh/03-chin-nhan.svg" in lesson


def test_nobody_is_told_to_open_a_box_with_label_one() -> None:
    """Wherever a box with an old label is opened together, the label of explosives is excepted, in one wording."""
    excepted = (
        "Nhãn số 1 (nổ): không mở, mọi người ra ngoài, gọi 113, rồi báo trưởng bưu cục. "
        "Thùng pháo hoa của nhà máy còn nguyên, khách nói rõ: chưa nhận, hỏi trưởng bưu cục."
    )
    other = "Nhãn 6 (độc, lây nhiễm), 7 (phóng xạ), nhãn 2 khí độc: không mở, mời trưởng bưu cục."
    old = next(row for row in datasets.read("goods/catalogue").rows if row["id"] == "thung-cu")
    label = next(row for row in datasets.read("drills/signs").rows if row["id"] == "nhan-hang")
    sheet = (ROOT / "campaign" / "texts" / "the-quay.yml").read_text(encoding="utf-8")
    assert all(text.count(f"{excepted} {other}") == 1 for text in (old["note"], label["do"], sheet))
    assert "đừng mở vội" in old["say"]
    assert "cũng có thể là thật" in old["why"]
    assert "không mở" in old["why"], "lesson 3 shows the reason and no note"
    poster = (ROOT / "campaign" / "texts" / "ap-phich.yml").read_text(encoding="utf-8")
    assert "đừng tự mở" in poster


def test_a_kitchen_knife_is_told_what_the_law_says_and_no_more() -> None:
    """The law names listed knives that are used for crime; it says of no knife that it is not a weapon."""
    for row in datasets.read("goods/catalogue").rows:
        assert "không phải vũ khí" not in row["why"], row["id"]
        assert "luật không nói" not in f"{row['why']} {row['note'] or ''}".lower(), row["id"]


def test_the_catalogue_answers_for_every_thing_with_a_source_and_a_day() -> None:
    rows = datasets.read("goods/catalogue").rows
    assert len(rows) >= 213
    assert {row["answer"] for row in rows} == {"accept", "ask", "unit", "refuse"}
    for row in rows:
        assert row["say"].startswith("Dạ"), row["id"]
        assert len(row["say"]) <= 130, row["id"]
        assert row["words"], row["id"]
        assert not fold(row["say"]).startswith("da nhan a") or row["answer"] == "accept", row["id"]
        if "Danh mục đơn vị" in row["source"]:
            assert "không ghi ngày" in row["source"] or "2018" in row["source"], row["id"]


def test_what_is_sure_rests_on_a_provision_that_was_read_and_holds_today() -> None:
    for row in datasets.read("goods/catalogue").rows:
        refs = row["provisions"] or ()
        for ref in refs:
            assert law.in_force(ref, date(2026, 11, 26)) == "in_force" or row["confidence"] != "A", (row["id"], ref)
        if row["confidence"] == "A":
            assert set(refs) - set(goods_checks.POSTED), row["id"]


def test_arms_and_explosives_are_told_with_their_exception_and_people_first() -> None:
    rows = {row["id"]: row for row in datasets.read("goods/catalogue").rows}
    for row in rows.values():
        if "luật cấm gửi" in row["why"].lower():
            assert "trừ" in row["why"], row["id"]
            assert "L42-2024/4.9" in row["provisions"], row["id"]
    for name in ("thuoc-no", "vo-dan", "sung-dan", "sung-hoi", "phao-no", "hinh-luu-dan", "bot-la"):
        note = rows[name]["note"]
        assert note.index("ra ngoài") < note.index("113") < note.index("trưởng bưu cục"), name
    assert "113 và 114" in rows["bot-la"]["note"], "powder has its own first call: both"
    for name in ("dui-cui-dien", "xit-hoi-cay", "cong-so-tam"):
        assert "L42-2024/60.1" in rows[name]["provisions"], f"{name}: who finds one tells the police"
        assert "báo Công an xã" in rows[name]["note"], name


def test_the_course_s_goods_have_no_fault_and_audit_sees_what_they_rest_on() -> None:
    assert goods_checks.faults() == []
    found = {use.ref for use in uses.uses(date(2026, 11, 26)) if use.path == "datasets/goods/catalogue.csv"}
    assert {"L42-2024/4.9", "LBC-2010/7.1", "NQ173-2024/2.2", "114"} <= found


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "course"
    root.mkdir()
    shutil.copy(ROOT / "course.toml", root)
    shutil.copytree(ROOT / "datasets", root / "datasets")
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    return root / "datasets" / "goods"


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("catalogue", "theo danh mục niêm yết em không nhận trong gói", "em không nhận trong gói", "tien-mat"),
        ("catalogue", "đều không nhận tiền,", "đều không nhận tiền; luật cấm,", "luật cấm"),
        ("catalogue", '(bản chép 2018)",B,no,,LBC', '(bản chép 2018)",A,no,,LBC', "mức A"),
        ("catalogue", "flammable,,unit,Dạ than thì", "flammable,,ask,Dạ than thì", "mức C"),
        (
            "catalogue",
            "cháy nén khí, theo danh mục niêm yết em không",
            "cháy nén khí, theo danh mục em chưa",
            "binh-chua",
        ),
        ("catalogue", "mứt; mứt tết", "mứt; nước mắm", "“nước mắm” đã đứng ở món"),
        ("catalogue", "mứt; mứt tết", "mứt; cần sa", "“cần sa” vừa gọi món nguy hiểm"),
        ("household", "banh-keo,", "banh-ngot,", "banh-ngot"),
        ("household", "bánh kẹo; quà bánh; mứt,accept", "bánh kẹo; quà bánh; mứt,ask", "answer"),
        ("household", "loa; quạt; bàn ủi", "loa; quạt; xăng", "xăng"),
    ],
)
def test_a_planted_fault_is_said(tables: Path, table: str, old: str, new: str, said: str) -> None:
    path = tables / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text, "the planted place has moved"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [str(one) for one in goods_checks.faults()]
    assert any(said in one for one in found)


def listed(name: str) -> list[str]:
    lines = (Path(__file__).parent / "goods" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip()]


def unmarked(said: list[str]) -> list[str]:
    return list(dict.fromkeys(fold(one) for one in said))


@pytest.fixture(scope="module")
def look_up() -> Iterator[Asked]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(ROOT))
        with asked() as search:
            yield search


def test_no_everyday_thing_is_called_a_drug_a_weapon_an_explosive_or_a_forbidden_print(look_up: Asked) -> None:
    everyday = listed("everyday") + listed("everyday-second")
    assert len(everyday) >= 790
    told = look_up([*everyday, *unmarked(everyday)])
    assert {said: one.names for said, one in told.items() if one.dangers} == {}


def test_nine_everyday_things_of_ten_are_found(look_up: Asked) -> None:
    for name in ("everyday", "everyday-second"):
        told = look_up(listed(name))
        lost = [said for said, one in told.items() if not one.found]
        assert len(lost) <= len(told) / 10, (name, lost)


def test_no_forbidden_thing_is_told_to_be_accepted_and_each_is_found(look_up: Asked) -> None:
    told = look_up(listed("forbidden") + listed("forbidden-second"))
    assert len(told) >= 198
    spelt = look_up([*unmarked(list(told)), *map(telex, told)])
    unsafe = {said: one.names for said, one in (told | spelt).items() if one.accepts}
    assert unsafe == {}
    lost = [said for said, one in told.items() if not one.names]
    assert len(lost) <= len(told) / 50, lost


def test_who_says_only_a_present_or_goods_is_asked_what_is_in_it_and_nothing_is_accepted(look_up: Asked) -> None:
    vague = listed("vague")
    assert len(vague) >= 145
    row = next(row for row in datasets.read("goods/catalogue").rows if row["id"] == "noi-chung")
    assert row["answer"] == "ask"
    assert row["hazard_class"] == "chưa rõ"
    assert {"LBC-2010/29.3", "LBC-2010/11.1", "LBC-2010/29.4", "LBC-2010/29.7"} == set(row["provisions"])
    assert "mở" in row["say"]
    told = look_up(vague)
    assert {said: one.names for said, one in told.items() if one.names[:1] != [row["name"]] or one.accepts} == {}
    bare = look_up(unmarked(vague))
    assert {said: one.names for said, one in bare.items() if row["name"] not in one.names or "accept" in one.ways} == {}
    assert [said for said, one in bare.items() if one.accepts] == ["thung", "goi"], "a basket and a pillow as well"


def test_a_thing_that_is_named_beside_such_a_word_has_its_own_answer(look_up: Asked) -> None:
    said = ["quà bánh kẹo", "bánh kẹo làm quà", "hàng len", "đồ bộ", "thùng đồ chơi", "quần áo làm quà", "giấy gói quà"]
    assert {one: told.names for one, told in look_up(said).items() if told.names[0].startswith("Quà, đồ")} == {}
    told = look_up(["quà tết bánh chưng", "thùng hàng"])
    assert {one.ways[0] for one in told.values()} == {"ask"}
    assert look_up(["hàng nhờ gửi bánh kẹo"])["hàng nhờ gửi bánh kẹo"].ways == ["unit", "accept_if"]


def test_fakes_stand_below_no_name_of_goods_and_first_where_they_are_said(look_up: Asked) -> None:
    genuine = ["mỹ phẩm", "nước hoa", "rượu", "sữa", "giày", "túi", "thuốc tây", "điện thoại", "đồng hồ", "thực phẩm"]
    fakes = "Hàng giả, hàng nhái, hàng lậu"
    told = look_up([*genuine, *unmarked(genuine)])
    assert [said for said, one in told.items() if fakes in one.names] == []
    said = ["mỹ phẩm giả", "nước hoa giả", "rượu lậu", "giày fake", "thuốc tây giả", "my pham gia", "túi fake"]
    assert {one: told.names for one, told in look_up(said).items() if told.names[0] != fakes} == {}
    medicine = look_up(["thuốc tây"])["thuốc tây"]
    assert medicine.names == ["Thuốc cảm, thuốc đau đầu thông thường"], "no bleach (thuốc tẩy) either"


def test_an_animal_that_a_toy_shows_is_no_animal_and_one_beside_the_toy_is(look_up: Asked) -> None:
    toys = [
        "squishy mèo",
        "squishy meo",
        "squishy con gà",
        "gối hình con chó",
        "móc khóa rắn",
        "thú bông gấu",
        "tượng rùa",
    ]
    assert {said: one.ways for said, one in look_up(toys).items() if set(one.ways) != {"accept"}} == {}
    animals = ["gấu bông với mèo", "thú bông, chó con", "bông với chó", "mô hình và cá sống", "mô hình cá sống"]
    told = look_up(animals)
    assert {said: one.names for said, one in told.items() if one.ways[0] != "refuse"} == {}
    assert look_up(["tượng ngà"])["tượng ngà"].ways == ["unit"]


ENGLISH = {
    "opium": "refuse", "handgun": "refuse", "hand grenade": "refuse", "counterfeit money": "refuse", "petrol": "refuse",
    "gas cylinder": "refuse", "e-liquid": "refuse", "electronic cigarette": "refuse", "bear bile": "unit",
    "tusk": "unit", "tiger teeth": "unit", "glue gun": "ask", "massage gun": "ask", "bath bomb": "accept",
    "bullet journal": "accept",
}  # fmt: skip
"""Names on a sender's English label, and the first line's answer."""


def test_english_names_of_what_is_forbidden_are_known_and_of_everyday_tools_as_well(look_up: Asked) -> None:
    told = look_up(list(ENGLISH))
    assert {said: one.ways for said, one in told.items() if one.ways[:1] != [ENGLISH[said]]} == {}


STAY_DANGEROUS = {
    "súng": "weapon", "khẩu súng": "weapon", "sung ngan": "weapon", "dao găm": "weapon", "giáo": "weapon",
    "xịt hạt tiêu": "weapon", "sách với súng": "weapon", "sách, súng": "weapon", "thuốc lắc": "drugs",
    "can sa": "drugs", "kẹo cần sa": "drugs", "kẹo dẻo cần sa": "drugs", "thuoclac": "drugs", "fentanyl": "drugs",
    "bánh phaó": "explosive", "sách thuóc nổ": "explosive", "pháo": "explosive", "mìn": "explosive",
    "quả lựu đạn cũ": "explosive", "sách có nội dung cấm": "print", "USB có nội dung cấm": "print",
    "sách phản động": "print", "kẹo ke": "drugs", "kẹo, ke": "drugs", "gói ke": "drugs", "chơi kẹo ke": "drugs",
    "mai thúy": "drugs", "mai thuy": "drugs", "thuốc lá zombie": "drugs", "thuoc la zombie": "drugs",
    "etomidate": "drugs", "vape etomidate": "drugs", "xi rô codein": "drugs", "siro ho codein": "drugs",
    "thuốc ho loại codein": "drugs", "xi ro lean codein": "drugs", "baton rút": "weapon", "gậy ba khúc": "weapon",
}  # fmt: skip
"""Caution that everyday words may not cost: the kind of the first line."""


def test_a_dangerous_thing_is_named_by_its_own_words_however_they_are_spelt(look_up: Asked) -> None:
    told = look_up(list(STAY_DANGEROUS))
    assert {said: one.names for said, one in told.items() if STAY_DANGEROUS[said] not in one.dangers} == {}
    assert {said: one.names for said, one in told.items() if one.accepts or one.first != STAY_DANGEROUS[said]} == {}


FALSE_MONEY = [
    "tiền giả polymer 500k", "tiền giả polymer", "tiền giả polime", "tiền polime giả", "tien gia polime",
    "tien gia polymer", "tien gia loai dep", "tiền giả y như thật", "tờ 500 giả", "tieenf giar polymer",
]  # fmt: skip


@pytest.mark.browser
def test_false_money_stands_first_and_is_never_sent_to_the_money_counter(look_up: Asked) -> None:
    told = look_up(FALSE_MONEY)
    assert {said: one.names for said, one in told.items() if one.first != "forged"} == {}
    assert {said: one.names for said, one in told.items() if "Tiền mặt Việt Nam" in one.names} == {}


OWN_ROWS = {
    "súng massage": "Máy cạo râu", "súng bắn đinh": "Súng bắn keo", "bom tắm": "Kem, sữa rửa mặt",
    "muối tắm bé": "Kem, sữa rửa mặt", "kẹo dẻo": "Bánh kẹo", "tem giấy chống hàng giả": "Tờ rơi",
    "to roi": "Tờ rơi", "in tờ rơi khuyến mãi": "Tờ rơi", "sách giáo viên": "Sách", "quả sung": "Trái cây",
    "lược sừng": "Đồ da", "pháo giấy": "Pháo giấy", "đạn nhựa": "Súng đồ chơi", "pháo dàn": "Pháo hoa",
    "phong bao lì xì rỗng": "Phong bì", "điện thoại hư màn hình": "Điện thoại, máy hỏng",
    "bình xịt tưới cây": "Bình xịt", "túi nổ đồ chơi": "Túi nổ", "rùa": "Rùa", "xe máy điện": "Xe điện",
    "bạc xỉu": "Cà phê", "giấy bạc": "Bao bì", "serum axit": "Kem, sữa", "tiền âm phủ": "Nhang", "cá koi": "Cá cảnh",
    "cccd": "Căn cước", "hạt cho chó": "Đồ và thức ăn", "nhẫn": "Trang sức mạ", "nhẫn kẹo": "Bánh kẹo",
    "dt samsung hu man": "Điện thoại, máy hỏng", "đt hư màn": "Điện thoại, máy hỏng", "dt cu": "Điện thoại (pin",
    "cái đt cũ": "Điện thoại (pin", "xiaomi redmi": "Điện thoại (pin", "lạp sườn": "Giò chả", "lap suon": "Giò chả",
    "bơm xe đạp": "Xe đạp", "camera wifi": "Máy ảnh", "thuốc lào hải phòng": "Xì gà", "máy soi tiền giả": "Máy, thiết",
    "quà cho chị Mai Thúy": "Quà, đồ, hàng", "gậy rút leo núi": "Đồ thể thao",
    "bộ thí nghiệm vật lý": "Đồ dùng học tập", "acid folic": "Thực phẩm chức năng", "bài mèo nổ": "Đồ chơi",
}  # fmt: skip
"""Everyday goods that share a word with something dangerous, and their row."""


def test_everyday_goods_that_share_a_word_with_something_dangerous_have_their_own_row(look_up: Asked) -> None:
    told = look_up(list(OWN_ROWS))
    assert {said: one.names for said, one in told.items() if not one.names[0].startswith(OWN_ROWS[said])} == {}
    assert {said: one.names for said, one in told.items() if one.dangers} == {}


SLIPS = {
    "banhs trung thu": "Bánh kẹo", "bánhs chưng": "Bánh kẹo", "banhs keo": "Bánh kẹo", "đienj thoại": "Điện thoại",
    "điên thoại": "Điện thoại", "dien thaoi": "Điện thoại", "nuocs mam": "Nước mắm", "nuwowcs mawms": "Nước mắm",
    "sửa rửa mặt": "Kem, sữa", "sửa rữa mặt": "Kem, sữa", "sửa bột": "Sữa bột", "sửa tắm": "Dầu gội",
    "xầu riêng": "Sầu riêng", "sầu riêg": "Sầu riêng", "nuocs hoa": "Nước hoa", "chăn bôngg": "Đồ nhựa, chăn",
    "thuốc trừ xâu": "Thuốc trừ sâu", "thuocs no": "Thuốc nổ", "thuốcc nổ": "Thuốc nổ", "sungs": "Súng", "xúng": "Súng",
    "ma tuys": "Ma túy", "sạc dự phồng": "Pin sạc dự phòng", "sungs hoiw": "Súng hơi", "súng hoiw": "Súng hơi",
    "sungs hoiw cu": "Súng hơi", "sungs hoiw pcp": "Súng hơi", "nuocws mawms": "Nước mắm",
}  # fmt: skip
"""Slips of the hand and of the ear, and the first line's row."""


def test_a_slip_of_the_hand_or_the_ear_is_taken_for_the_name_it_is_and_nothing_is_simply_accepted(
    look_up: Asked,
) -> None:
    told = look_up(list(SLIPS))
    assert {said: one.names for said, one in told.items() if not one.names[0].startswith(SLIPS[said])} == {}
    assert {said: one.ways for said, one in told.items() if "accept" in one.ways} == {}


HIDES_DANGER = [
    "sungs hoiz", "súng hoiz", "súúng hơi", "kẹo dẻo canaf sa", "bánh thuocos nổ", "băng đđạn", "nắm ấđm thép",
    "keoj lacj", "usb noioj dung camas", "tranh ddoiof trụy", "dầu canaf sa", "cafe ma tuys",
    "bình xịt cya",
]  # fmt: skip
"""Slips that may be a dangerous name as well as an everyday one."""


@pytest.mark.browser
def test_a_slip_that_may_be_a_dangerous_name_is_never_an_everyday_thing_alone(look_up: Asked) -> None:
    """The dangerous row stands first, or the clerk is told: not clear, not accepted, call the head."""
    told = look_up(HIDES_DANGER)
    assert {said: one.names for said, one in told.items() if not one.first and not one.doubtful} == {}
    assert {said: one.names for said, one in told.items() if one.accepts} == {}


@pytest.mark.browser
def test_what_is_named_whole_is_not_asked_back_word_by_word(look_up: Asked) -> None:
    said = ["truyền đơn chống phá nhà nước", "laptop đã qua sử dụng", "ghế ăn dặm thanh lý", "dao thái thịt nhà bếp"]
    told = look_up([*said, "tổ yến khánh hòa", "vải thiều bắc giang"])
    assert {one: words for one in told if (words := told[one].unknown + told[one].doubtful)} == {}
    assert len(told["tổ yến khánh hòa"].names) == 1


def telex(said: str) -> str:
    """Return what the keyboard sends for words where no program turns Telex into marks: ``nuwowcs mawms``."""
    return " ".join(map(_keys, said.lower().split()))


def _keys(word: str) -> str:
    letters = {"\u0302": "", "\u0306": "w", "\u031b": "w"}
    tones = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
    keys, tone = "", ""
    for sign in unicodedata.normalize("NFD", word.replace("đ", "dd")):
        tone += tones.get(sign, "")
        keys += keys[-1] if sign == "\u0302" else letters.get(sign, "" if sign in tones else sign)
    return keys + tone


def test_what_is_typed_in_telex_without_its_program_finds_what_the_marks_find(look_up: Asked) -> None:
    rows = datasets.read("goods/catalogue").rows
    said = [row["words"][0] if isinstance(row["words"], list) else row["words"].split(";")[0] for row in rows]
    marked = [one for one in said if telex(one) != fold(one) and len(one.split()) > 1]
    assert len(marked) > 120
    plain, keys = look_up(marked), look_up([telex(one) for one in marked])
    lost = [one for one in marked if plain[one].names[0] not in keys[telex(one)].names]
    assert len(lost) <= len(marked) / 20, lost
    accepted = [one for one in marked if "refuse" in plain[one].ways[:1] and keys[telex(one)].accepts]
    assert accepted == []


def test_a_dangerous_syllable_beside_words_that_nobody_knows_is_asked_about_not_named(look_up: Asked) -> None:
    """Neither an evacuation for a thing nobody has listed nor "nhận": the clerk asks what it is."""
    asked_about = {"súng xyzt": "súng", "pháo xyzt": "pháo", "đĩa game bắn súng": "súng", "gối hình quả bom": "bom"}
    for said, word in asked_about.items():
        told = look_up([said])[said]
        assert word in told.doubtful
        assert not told.dangers
        assert not told.accepts


def test_typed_without_marks_an_everyday_reading_stands_first_and_both_are_asked(look_up: Asked) -> None:
    for said, meant, *either in (
        ("sung", "Trái cây", "sung", "súng"),
        ("keo lac", "Bánh kẹo", "kẹo lạc", "kẹo lắc"),
        ("khay ke", "Bàn ghế", "khay kệ", "khay ke"),
    ):
        told = look_up([said])[said]
        assert told.names[0].startswith(meant)
        assert told.either == either
        assert not told.dangers
        assert not told.accepts


def test_what_the_table_does_not_know_is_told_whatever_the_answer(look_up: Asked) -> None:
    ways = {"áo qwerty": "accept_if", "nước hoa qwerty": "ask", "dao qwerty": "unit", "axit qwerty": "refuse"}
    for said, way in ways.items():
        told = look_up([said])[said]
        assert told.unknown == ["qwerty"]
        assert told.ways[0] == way


def test_with_content_or_goods_that_are_forbidden_nothing_is_accepted_with_an_if(look_up: Asked) -> None:
    said = ["sách nội dung xuyên tạc", "đĩa phim đồi trụy", "USB phim sex", "tranh kích động", "áo in chữ khủng bố"]
    said += ["túi Gucci fake", "giày super fake"]
    assert {one: told.ways for one, told in look_up(said).items() if told.accepts} == {}
