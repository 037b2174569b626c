import type { ComponentType } from 'react';
import { createSlot } from './slots';

/** The foot of the sidebar, which stays in sight on every screen. */
export const sidebarFoot = createSlot<ComponentType<object>>();
