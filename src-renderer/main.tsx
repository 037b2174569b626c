import './ui/theme/theme.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { queryClient } from './api';
import { FEATURES } from './features';
import { installFeatures } from './router';
import { applyTheme } from './ui';

applyTheme();
installFeatures(FEATURES);
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>,
  );
}
