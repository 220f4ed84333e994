// What is made of a person's answers, by name (`*_view.js`): it scores them, so it comes after the script of questions (page/unit.js).
export { views as OWN_VIEWS } from "buuchinh:views/page/own";
