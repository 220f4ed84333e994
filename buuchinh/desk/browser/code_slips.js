// The sheet of codes to cut: its button prints it.
document.getElementById("print")?.addEventListener("click", () => print());
