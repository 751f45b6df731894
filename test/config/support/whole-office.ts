/** A file in which every section is used, every kind of short form and every tag, as an admin would write it. */
export const wholeOffice = `site: Kanzlei Sommer             # in mails and on pages
timezone: Europe/Berlin
language: de                     # de | en; default en
include: services.d/*.yaml
admin: anna                      # default: the first contact
startup_grace: 3m

web:
  listen: 127.0.0.1:8080         # default; \`web: off\` turns it off
  url: https://monitor.example   # for links in mails
mail:
  from: Monitoring <monitoring@kanzlei.example>
  group_wait: 30s                # openings within it are one mail
  servers:                       # tried in this order; none: mails become .eml files in the state folder
    - url: smtps://mail.kanzlei.example
      user: monitoring@kanzlei.example
      password: !file smtp.password
    - url: smtp://localhost:25   # loopback may go without TLS; elsewhere \`tls: optional\` must say so
  inbox:                         # answers and reports by mail
    url: imaps://mail.kanzlei.example
    user: incidents@kanzlei.example
    password: !file imap.password
    accept: [kanzlei.example]    # whose staff may report

hours:                           # \`office\` exists without being written: Mon-Fri 08:00-18:00
  office: { Mon-Thu: 08:00-18:00, Fri: 08:00-14:00, holidays: DE-BY }

contacts:
  anna: anna@kanzlei.example                       # short form
  boss: { email: chef@kanzlei.example, language: de, hours: office }   # hours and absence never hold a P1
  firm:
    email: [support@firm.example, notdienst@firm.example]              # all of them get it
    webhook: { url: https://hooks.firm.example/incidents, secret: !env HOOK_SECRET }
    command: { run: [/usr/local/bin/send-sms, "+491700000000"], only: [P1], events: [opened, escalated] }
    away: [2026-12-24/2027-01-06]
    outside: true                                  # gets service, cause and number; no text of staff reports
rota:
  it: { turn: weekly, handover: Mon 08:00, members: [anna, firm] }     # usable wherever a contact is

escalation:                      # no such section: owner (else admin) at once, admin after 30m
  default:                       # used where nothing else is named
    - notify: owner
    - notify: [anna, it]
      after: 15m
    - notify: boss
      after: 1h
      repeat: 1h
priorities:                      # optional: policy, first level and targets (recorded, reported) by priority
  P1: { escalation: default, start_level: 1, respond_within: 15m, resolve_within: 4h }

defaults:                        # for every check; a service may set any of these for its checks, a check for itself
  interval: 60s
  timeout: 10s
  retry_interval: 30s
  failure_threshold: 3
  success_threshold: 2
  confirm_for: 2m
  reopen_within: 30m
  depends_on: Router             # not for Router itself, what it depends on, or kinds that look at this machine;
                                 # a service's own replaces it, [] opts out

services:
  - { name: Router, impact: high, check: ping://192.168.178.1, failure_threshold: 6 }
  - name: Internet
    impact: high
    depends_on: Router
    check: ping://1.1.1.1                           # a URL is enough
  - name: Website
    impact: high
    category: web
    depends_on: Internet
    owner: anna
    notify: anna                                    # told at once, before the default policy's later levels
    cost_per_hour: 120
    runbook: |
      1. Is the provider's status page green?
      2. ssh web1, systemctl status nginx
    checks:
      - http: https://www.kanzlei.example/login     # watches its certificate too (14d, 3d); \`certificate: off\`
        interval: 30s
        expect: { status: 200, body: Anmelden }
        warning: 2s                                 # slower is degraded
        critical: 8s                                # slower is down
      - tls: www.kanzlei.example:443
        warning: 14d                                # fewer days left
        critical: 3d
    remedies:
      - when: port-closed
        run: [systemctl, restart, nginx]
        at_most: 2 per 1h
  - name: File server
    host: 192.168.178.10                            # for kinds that name no target
    depends_on: []
    checks:
      - ping:                                       # \`host\` above; \`- ping\` alone would do
        warning: { loss: 20%, time: 200ms }
      - tcp: 445
  - name: Backup
    check: { file: /srv/backup/last.ok, expect: Mon-Fri 06:00, grace: 2h }
  - name: Printer
    impact: low
    watch: office                                   # outside these hours it is not observed, which is not down
    check: { command: [/usr/lib/nagios/plugins/check_tcp, -H, printer, -p, "9100"] }

watchdog:
  url: https://hc-ping.com/…                        # called only while this daemon probes, stores and delivers
maintenance:
  - { services: [Website], schedule: "0 3 * * SUN", duration: 2h, reason: Updates }   # cron, in the site's time zone
  - { services: all, from: 2026-12-24 12:00, to: 2026-12-24 18:00, reason: Power works }
keep: { incidents: 3y, names: 1y }                  # afterwards persons' names become roles
`;
