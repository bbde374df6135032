import { theme } from './harness.ts';

theme('bind-callback', { runtime: 'browser' });
theme('bullmq');
theme('threads');
theme('http', { runtime: 'node' });
theme('run-queues', { runtime: 'node' });
theme('http-clients');
theme('processes', { runtime: 'node' });
theme('pools', { runtime: 'node' });
theme('messages', { runtime: 'node' });
theme('content');
theme('agents', { runtime: 'node' });
theme('lasting', { runtime: 'node' });
theme('spans', { runtime: 'node' });
