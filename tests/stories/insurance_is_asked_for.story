A clinic that wants to know the insurance asks before it offers a time
Business: Lakeside Dental, dental_clinic, America/Chicago
Rule: learn > more = {slot: insurance, kind: choice, ask: {en: "Do you have dental insurance?", es: "¿Tiene seguro dental?"}, again: {en: "Which one is it?", es: "¿Cuál tiene?"}, choices: {en: [Private insurance, Medicaid, None], es: [Seguro privado, Medicaid, Ninguno]}}
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Lakeside Dental"
Maria texts "a cleaning please, it can wait"
Maria gets a text with "Do you have dental insurance? 1 Private insurance, 2 Medicaid, 3 None"
Maria texts "1"
Maria gets a text with "Have you been to our office before"
Maria texts "1"
Maria gets a text with "Reply 1, 2 or 3"
Maria answered "Private insurance"
