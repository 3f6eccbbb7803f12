Who wants no offers and keeps the rest is not taken for somebody who said stop
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "please call me"
Maria gets a text
Maria texts "stop the promos but keep the appointment reminders please"
Maria gets a text with "no offers by text. Texts about your own calls and visits still come"
consent of Maria is revoked marketing
Ann (+1 512 555 0132) texts "no more promotions"
consent of Ann is revoked all
