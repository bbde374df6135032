import { refuse, type Strategy } from './support/strategy.ts';

const strategy: Strategy = () => refuse('no-repair', 'not yet');

export default strategy;
