// What is made of a person's answers: it scores them, so it comes after the script of questions (page/unit.js).
import { againView } from "./again_view.js";
import { certificateView } from "./certificate_view.js";
import { resultsView } from "./results_view.js";
import { selfCheckView } from "./self_check.js";

export const OWN_VIEWS = { "giay-ghi-nhan": certificateView, "lam-lai": againView, "ket-qua": resultsView, selfCheck: selfCheckView };
