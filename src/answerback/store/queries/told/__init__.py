"""What programs outside are told: one shape for each thing, the same in the API's answers and in what we send by
ourselves.

Every function takes the business it is about; nothing of another one is ever found. A list is one statement, however
many rows it has. Fields are added with time, never renamed or given another meaning. Nothing here writes.
"""
