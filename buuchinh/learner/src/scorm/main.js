// The first script of a package for an LMS, in the place of page/main.js: the same pages over the record in the LMS.
import { shared } from "buuchinh:shared";
import { hoc } from "../page/loader.js";
import { route } from "../page/router.js";
import { scormHost } from "./scorm_host.js";

window.hoc = { ...hoc, shared };
scormHost().then(route);
