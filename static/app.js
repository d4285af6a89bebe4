// Bring people to what needs them: the error summary takes the focus when a page opens
// with one, so that it is read first and the next Tab is its first link.
(() => {
    const focusSummary = (root) => root.querySelector("[data-focus]")?.focus();
    focusSummary(document);
    document.addEventListener("htmx:after:swap", () => focusSummary(document));
})();
