/** Everything that the grammar knows, as an office would write it, with the check kinds that exist. */
export const example = `site: Kanzlei Sommer
timezone: Europe/Berlin
language: de
admin: anna
startup_grace: 3m

web:
  listen: 127.0.0.1:8080
  url: https://monitor.example
mail:
  from: Monitoring <monitoring@kanzlei.example>
  group_wait: 30s
  servers:
    - url: smtps://mail.kanzlei.example
      user: monitoring@kanzlei.example
      password: hunter2hunter2
    - url: smtp://localhost:25
  inbox:
    url: imaps://mail.kanzlei.example
    user: incidents@kanzlei.example
    password: hunter3hunter3
    accept: [kanzlei.example]

hours:
  office: { Mon-Thu: 08:00-18:00, Fri: 08:00-14:00, holidays: DE-BY }

contacts:
  anna: anna@kanzlei.example
  boss: { email: chef@kanzlei.example, language: de, hours: office }
  firm:
    email: [support@firm.example, notdienst@firm.example]
    webhook: { url: https://hooks.firm.example/incidents, secret: hookhookhook }
    command: { run: [/usr/local/bin/send-sms, "+491700000000"], only: [P1], events: [opened, escalated] }
    away: [2026-12-24/2027-01-06]
    outside: true
rota:
  it: { turn: weekly, handover: Mon 08:00, members: [anna, firm] }

escalation:
  default:
    - notify: owner
    - notify: [anna, it]
      after: 15m
    - notify: boss
      after: 1h
      repeat: 1h
priorities:
  P1: { escalation: default, start_level: 1, respond_within: 15m, resolve_within: 4h }

defaults:
  interval: 60s
  timeout: 10s
  retry_interval: 30s
  failure_threshold: 3
  success_threshold: 2
  confirm_for: 2m
  reopen_within: 30m
  depends_on: Router

services:
  - { name: Router, impact: high, check: ping://192.168.178.1, failure_threshold: 6 }
  - name: Internet
    impact: high
    depends_on: Router
    check: ping://1.1.1.1
  - name: Website
    impact: high
    category: web
    depends_on: Internet
    owner: anna
    notify: anna
    cost_per_hour: 120
    runbook: |
      1. Is the provider's status page green?
      2. ssh web1, systemctl status nginx
    checks:
      - http: https://www.kanzlei.example/login
        interval: 30s
        expect: { status: 200, body: Anmelden }
        warning: 2s
        critical: 8s
      - tcp: www.kanzlei.example:443
    remedies:
      - when: port-closed
        run: [systemctl, restart, nginx]
        at_most: 2 per 1h
  - name: File server
    host: 192.168.178.10
    depends_on: []
    checks:
      - ping:
        warning: { loss: 20%, time: 200ms }
      - tcp: 445
  - name: Backup
    check: { heartbeat: 24h, grace: 2h }
  - name: Printer
    impact: low
    watch: office
    check: { command: [/usr/lib/nagios/plugins/check_tcp, -H, printer, -p, "9100"] }
  - name: Storage
    check: { disk: /srv, critical: 92% }

watchdog:
  url: https://hc-ping.example/abcdef
maintenance:
  - { services: [Website], schedule: "0 3 * * SUN", duration: 2h, reason: Updates }
  - { services: all, from: 2026-12-24 12:00, to: 2026-12-24 18:00, reason: Power works }
keep: { incidents: 3y, names: 1y }
`;
