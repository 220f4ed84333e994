// The views made from a person's answers, by name (`*_view.js`). They score answers, so their script is loaded after that of
// questions (page/unit.js).
export { views as OWN_VIEWS } from "buuchinh:views/page/own";
