// Bring people to what needs them: [data-focus] marks the error summary, or the part that
// an action has just changed. It takes the focus once, when a page or a part of it opens.
(() => {
    const focusMarked = () => {
        const marked = document.querySelector("[data-focus]");
        marked?.removeAttribute("data-focus");
        marked?.focus();
    };
    focusMarked();
    document.addEventListener("htmx:after:swap", focusMarked);
})();
