import '../ui/theme/theme.css';
import { createRoot } from 'react-dom/client';
import { addressed } from './address';
import { FramedSpecimen } from './FramedSpecimen';
import { pretendStates } from './pretend-states';
import { Workbench } from './Workbench';

const { theme, framed } = addressed(window.location.search);
if (theme !== 'both') document.documentElement.dataset.theme = theme;
if (document.readyState === 'complete') pretendStates();
else window.addEventListener('load', pretendStates, { once: true });

const root = document.getElementById('root');
if (root) createRoot(root).render(framed ? <FramedSpecimen {...framed} /> : <Workbench theme={theme} />);
