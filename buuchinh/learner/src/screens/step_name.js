// Names of the steps in a role's path. The exam and the ten questions after the course have nearly one title, and the
// number in an exam's title reads as if earlier tries had been missed; what each is for tells them apart.
import { placeOfTest } from "../work/crossed.js";

/** @param {Host} host */
export function stepName(host, id) {
  if (isTheExam(host, id)) return host.say("step_exam");
  const place = placeOfTest(host, id);
  return place ? host.say(`step_${place}`) : host.titleOf(id);
}

// Tells whether a unit is the one exam of a way; of several, each needs its title.
/** @param {Host} host */
function isTheExam({ course }, id) {
  const examsOf = (path) => path.filter((step) => course.exams.some((exam) => exam.id === step));
  return course.lessons.length > 0 && course.roles.some(({ path }) => examsOf(path).join() === id);
}
