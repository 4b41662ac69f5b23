import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';
import { openKeyboard } from './lib/keyboard.ts';
import { openThemeListener } from './lib/preferences.ts';
import { queryClient } from './lib/query-client.ts';
import { router } from './routes/router.ts';

openKeyboard();
openThemeListener();

const root = document.querySelector('#root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
