// Runs before the first paint, so that a chosen theme never flashes in from the other one.
// A file of its own because the Content-Security-Policy permits no inline scripts. Its twin is src/ui/theme.ts.
const theme = localStorage.getItem("muster.theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
