// On every page: whoever signs out leaves none of their unsaved texts on this machine, and
// is asked first if there are any.
(() => {
    const { user, signOut } = document.body.dataset;
    if (!user) return;
    const prefix = `soan:${user}:`;
    const kept = () => {
        try {
            return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
        } catch {
            return [];
        }
    };
    const isMeant = (count) =>
        count === 0 ||
        confirm(
            `Còn ${count} ô bạn đã gõ nhưng chưa lưu được lên máy chủ. ` +
                "Đăng xuất sẽ xóa các chữ đó khỏi máy này. Vẫn đăng xuất?",
        );
    const clear = () => kept().forEach((key) => localStorage.removeItem(key));
    document.addEventListener("submit", async (event) => {
        const form = event.target;
        if (form.getAttribute("action") !== signOut) return;
        // The editor may still be saving: it gets a moment.
        const detail = { waits: [], unsaved: () => 0 };
        document.dispatchEvent(new CustomEvent("signing-out", { detail }));
        event.preventDefault();
        await Promise.race([Promise.all(detail.waits), new Promise((done) => setTimeout(done, 3000))]);
        // Where the browser keeps nothing, the page alone knows.
        if (!isMeant(Math.max(kept().length, detail.unsaved()))) return;
        document.dispatchEvent(new CustomEvent("texts-given-up"));
        clear();
        form.submit();
    });
})();
