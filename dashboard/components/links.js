// A link of class "within" leads to a page of this app. Streamlit follows the browser's history
// without loading anything anew, so the address is put there and the change is announced.
if (!window.linksFollowedWithin) {
  window.linksFollowedWithin = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.within");
    const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
    document.querySelector('[data-testid="stMain"]').scrollTo(0, 0);
  });
}
