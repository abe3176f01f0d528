"""The doctor: looks at everything that MQ and mqwizard need here, and says what is not right and what to do.

`look` collects values (`seen`) through commands that only show something; `judge` turns them into findings and touches
nothing. What cannot be looked at is itself a finding; nothing refuses, nothing is changed.
"""
