/** The servers that some proofs talk to, on this machine only. */
import { connect } from 'node:net';

export const brokerNames = ['redis', 'rabbitmq', 'nats', 'mosquitto', 'postgres'] as const;
export type BrokerName = (typeof brokerNames)[number];

interface Broker {
  port: number;
  /** How a program is told where it is. */
  variable: string;
  url: string;
}

export const brokers: Readonly<Record<BrokerName, Broker>> = {
  redis: { port: 6379, variable: 'REDIS_URL', url: 'redis://127.0.0.1:6379' },
  rabbitmq: { port: 5672, variable: 'AMQP_URL', url: 'amqp://guest:guest@127.0.0.1:5672' },
  nats: { port: 4222, variable: 'NATS_URL', url: 'nats://127.0.0.1:4222' },
  mosquitto: { port: 1883, variable: 'MQTT_URL', url: 'mqtt://127.0.0.1:1883' },
  postgres: { port: 5432, variable: 'DATABASE_URL', url: 'postgres://postgres@127.0.0.1:5432/test' },
};

/** The brokers that answer. */
export async function answering(): Promise<Set<BrokerName>> {
  const up = await Promise.all(brokerNames.map(async (name) => ((await answers(brokers[name].port)) ? name : undefined)));
  return new Set(up.filter((name) => name !== undefined));
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 2000 });
    const end = (up: boolean): void => {
      socket.destroy();
      resolve(up);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false)).once('timeout', () => end(false));
  });
}
