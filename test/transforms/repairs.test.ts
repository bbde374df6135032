import { theme } from './harness.ts';

theme('bind-callback', { runtime: 'browser' });
theme('bullmq');
theme('threads');
theme('http', { runtime: 'node' });
theme('run-queues', { runtime: 'node' });
theme('agents', { runtime: 'node' });
