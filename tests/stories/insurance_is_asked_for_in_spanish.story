La clínica pregunta por el seguro antes de ofrecer una hora
Business: Lakeside Dental, dental_clinic, America/Chicago
Rule: learn > more = {slot: insurance, kind: choice, ask: {en: "Do you have dental insurance?", es: "¿Tiene seguro dental?"}, again: {en: "Which one is it?", es: "¿Cuál tiene?"}, choices: {en: [Private insurance, Medicaid, None], es: [Seguro privado, Medicaid, Ninguno]}}
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Lakeside Dental"
Maria texts "hola, quiero una limpieza dental, puede esperar unos días"
Maria gets a text with "¿Tiene seguro dental?"
Maria texts "1"
Maria gets a text with "Ha venido antes"
Maria texts "1"
Maria gets a text with "Responda 1, 2 o 3"
Maria answered "Seguro privado"
