// The views that are opened while working: those of this folder by name (`*_view.js`), and the functions that other pages use.
import { views } from "buuchinh:views/page/reference";
import { earlierView, packedUp, receiptView } from "./hand_in_file.js";
import { officeBox } from "./office.js";
import { printDialog } from "./printing.js";

export const WORK_VIEWS = { ...views, officeBox, packedUp, earlierView, receiptView, printDialog };
