// What the second script offers: the view of each address (site/later.py), and what other pages take of it.
import { againView } from "./again_view.js";
import { certificateView } from "./certificate_view.js";
import { emergencyView, stickerView } from "./emergency_view.js";
import { goodsView } from "./goods_view.js";
import { earlierView, packedUp, receiptView } from "./handing.js";
import { lawView } from "./law_view.js";
import { officeBox } from "./office.js";
import { officeView } from "./office_view.js";
import { openingView } from "./opening_view.js";
import { printDialog } from "./printing.js";
import { versionsBox } from "./versions_view.js";
import { resultsView } from "./results_view.js";

export const WORK_VIEWS = {
  "khan-cap": emergencyView,
  "nhan-dien-thoai": stickerView,
  "ai-duoc-mo": openingView,
  "luat-theo-ngay": lawView,
  "don-vi": officeView,
  "giay-ghi-nhan": certificateView,
  "lam-lai": againView,
  "mon-nay": goodsView,
  "ket-qua": resultsView,
  officeBox,
  versionsBox,
  packedUp,
  earlierView,
  receiptView,
  printDialog,
};
