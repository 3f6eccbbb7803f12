Nadie tiene teléfono: what to do about a danger is said first, then that nobody of ours could be alerted, in Spanish
It is Tuesday 10 March 2026, 2:04 am
Dana has no phone
Luis has no phone

Maria (+1 512 555 0131) texts "huele mucho a gas en la casa, ayuda por favor"
Maria gets a text with "llame al 911 desde afuera. Si piensa en hacerse daño, llame al 988. Lo tratamos como urgente, pero hasta ahora no pudimos avisar a nadie por teléfono"
a page about Maria is still open
