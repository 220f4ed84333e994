// The pages' first script: question types register themselves, and what comes later finds its ground in `hoc.shared`.
import "buuchinh:types";
import { shared } from "buuchinh:shared";
import { hoc, openCourse } from "./app.js";

hoc.shared = shared;
window.hoc = hoc;
openCourse();
