for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const message = document.getElementById(button.dataset.copies);
    const range = document.createRange();
    range.selectNodeContents(message);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const text = message.innerText.trim();
    const isCopied = navigator.clipboard ? await navigator.clipboard.writeText(text).then(() => true, () => false) : false;
    const done = isCopied || document.execCommand("copy");
    button.nextElementSibling.textContent = done ? WORDS.copied : WORDS.by_hand;
  });
}
