// Numbers of questions in words.

// Returns "câu 9", "câu 9 và câu 14", "câu 1, 2, 3 và 14".
/** @param {Host} host */
export function listed(host, numbers) {
  const oneNumber = (number) => host.say("listed_one", { number });
  if (numbers.length < 3) return numbers.map(oneNumber).join(` ${host.say("listed_and")} `);
  return `${oneNumber(numbers.slice(0, -1).join(", "))} ${host.say("listed_and")} ${numbers[numbers.length - 1]}`;
}
