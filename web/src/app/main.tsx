import "@fontsource-variable/inter/wght.css";
import "@/styles/tokens.css";
import "@/styles/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ToastStack } from "@/ui/ToastStack";
import { queryClient } from "./queryClient";
import { router } from "./router";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has an element with the id root");

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <ToastStack />
    </QueryClientProvider>
  </StrictMode>,
);
