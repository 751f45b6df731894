/** Peers at 200 http services every 10 s, as measured earlier on other machines. */
export const knownFigures: readonly { readonly name: string; readonly cpuMs: string; readonly residentMb: string }[] = [
  { name: 'Monit', cpuMs: '0.12', residentMb: '8' },
  { name: 'Gatus', cpuMs: '0.81', residentMb: '29' },
  { name: 'Prometheus + blackbox + Alertmanager', cpuMs: '2.3', residentMb: '141' },
  { name: 'Nagios', cpuMs: '2.4', residentMb: '28' },
  { name: 'Icinga', cpuMs: '4.0', residentMb: '43' },
  { name: 'Uptime Kuma', cpuMs: '4.9', residentMb: '203' },
  { name: 'bare node:http', cpuMs: '0.8–0.9', residentMb: '52–86' },
  { name: 'bare axios', cpuMs: '1.2–1.7', residentMb: '104' },
];
