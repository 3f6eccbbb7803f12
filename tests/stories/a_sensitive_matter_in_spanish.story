Un asunto delicado va a una persona
Business: Lakeside Dental, dental_clinic, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Lakeside Dental"
Maria texts "voy a hablar con mi abogado por lo que me hizo su dentista"
Maria gets a text without "http"
a person has the conversation with Maria
Maria is not booked
