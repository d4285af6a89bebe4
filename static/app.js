// Bring people to what needs them: [data-focus] marks the error summary, or the part that
// an action has just changed. It takes the focus once, when a page or a part of it opens;
// a part without a mark gives it to the place that its address named (#dong-12).
(() => {
    const focusMarked = (place) => {
        const marked = document.querySelector("[data-focus]");
        marked?.removeAttribute("data-focus");
        const wanted = marked ?? place;
        if (wanted && !marked) wanted.tabIndex = -1;
        wanted?.focus();
    };
    focusMarked();
    document.addEventListener("htmx:after:swap", (event) => {
        const isLost = document.activeElement === document.body;
        const { anchor } = event.detail.ctx.request;
        focusMarked(isLost && anchor ? document.getElementById(anchor) : null);
    });
})();

// What comes instead of the part asked for (the sign-in page, an error page) does not take
// the place of what somebody is typing: they are told, and the text stays.
(() => {
    const KEPT = "Phần vừa gõ vẫn còn ở đây";
    const tell = (source, text) => {
        const place = source.closest("form, .table-region") ?? document.querySelector("main");
        place.querySelector("[data-trouble]")?.remove();
        const notice = document.createElement("p");
        notice.className = "notice notice-error";
        notice.setAttribute("role", "alert");
        notice.dataset.trouble = "";
        notice.textContent = `Lỗi: ${text}`;
        place.prepend(notice);
        notice.scrollIntoView({ block: "nearest" });
    };
    const reason = (response) => {
        if (response.raw.redirected)
            return `Bạn đã được đăng xuất nên chưa lưu được. ${KEPT}: hãy chép lại, đăng nhập rồi dán vào.`;
        if (response.status === 404)
            return `Dòng này không còn nữa, có thể người khác đã xóa. ${KEPT}: hãy chép lại rồi tải lại trang.`;
        return `Chưa làm được (mã ${response.status}). ${KEPT}: hãy chép lại, tải lại trang rồi thử lần nữa.`;
    };
    document.addEventListener("htmx:before:swap", (event) => {
        const { sourceElement, response } = event.detail.ctx;
        const isMeant = response.status < 400 || response.status === 422;
        if (isMeant && !response.raw.redirected) return;
        event.preventDefault();
        tell(sourceElement, reason(response));
    });
    document.addEventListener("htmx:error", (event) => {
        if (event.detail.ctx && !event.detail.ctx.response)
            tell(event.target, `Mất kết nối nên chưa được lưu. ${KEPT}; hãy kiểm tra mạng rồi bấm lại.`);
    });
})();
