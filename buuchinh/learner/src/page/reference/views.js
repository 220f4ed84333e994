// What is opened while working: the view of each address (site/scripts.py), and what other pages take of it.
import { emergencyView, stickerView } from "./emergency_view.js";
import { goodsView } from "./goods_view.js";
import { earlierView, packedUp, receiptView } from "./handing.js";
import { lawView } from "./law_view.js";
import { officeBox } from "./office.js";
import { officeView } from "./office_view.js";
import { openingView } from "./opening_view.js";
import { printDialog } from "./printing.js";
import { versionsBox } from "./versions_view.js";

export const WORK_VIEWS = {
  "khan-cap": emergencyView,
  "nhan-dien-thoai": stickerView,
  "ai-duoc-mo": openingView,
  "luat-theo-ngay": lawView,
  "don-vi": officeView,
  "mon-nay": goodsView,
  officeBox,
  versionsBox,
  packedUp,
  earlierView,
  receiptView,
  printDialog,
};
