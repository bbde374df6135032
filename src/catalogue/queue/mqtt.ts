// https://github.com/mqttjs/MQTT.js#api
import type { BoundaryInput } from '../schema.ts';

const mqtt = {
  family: 'queue', library: 'MQTT.js', package: 'mqtt', coupling: 'detached', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/mqtt',
} as const satisfies Partial<BoundaryInput>;
const modules = ['mqtt', 'async-mqtt'];
/** User properties came with MQTT 5, which a client must ask for. */
const given = { option: 'protocolVersion', value: 5 };
const exports = ['connect', 'connectAsync', 'MqttClient', 'AsyncMqttClient', 'AsyncClient', 'Client'];

export default [
  {
    ...mqtt, id: 'mqtt/publish', role: 'producer', counterparts: ['mqtt/on-message'], match: { modules, exports, use: 'instance', members: ['publish', 'publishAsync'] },
    args: { payload: 1, options: 2 }, channel: { by: 'name' }, slots: [{ in: 'options', path: ['properties', 'userProperties', 'traceparent'], encoding: 'object', given }],
    repair: { strategy: 'carry-in-slot' },
    farSide: 'the subscriber starts a new trace', advice: 'Carry it in `properties.userProperties` (MQTT 5).', upstream: 'https://github.com/mqttjs/MQTT.js#publish',
  },
  {
    ...mqtt, id: 'mqtt/on-message', role: 'consumer', counterparts: ['mqtt/publish'], match: { modules, exports, use: 'instance', members: ['on', 'addListener'], event: ['message'] }, args: { callback: 1 },
    repair: { strategy: 'extract-in-consumer' }, slots: [{ in: 'message', parameter: 2, path: ['properties', '?userProperties'], encoding: 'object', given }], system: 'mqtt',
    farSide: 'every message starts a new trace', advice: 'Extract the carrier from `packet.properties.userProperties`.', upstream: 'https://github.com/mqttjs/MQTT.js#event-message',
  },
] satisfies BoundaryInput[];
