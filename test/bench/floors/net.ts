/** A loop over net.connect alone. */
import { connect } from 'node:net';
import { deadlineMs, keepPace } from './pace.ts';

keepPace(async (target) => {
  const [host = '', port] = target.split(':');
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({ host, port: Number(port) });
  socket.setTimeout(deadlineMs, () => reject(new Error('too late')));
  socket.once('connect', resolve).once('error', reject);
  await promise;
  socket.destroy();
});
