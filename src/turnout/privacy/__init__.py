"""What looks like the data of persons: headers, numbers, and the mask that hides them.

Tables are about places, never about persons (Law 27 of 2022 on the protection of personal data).
What can be found is found by its form: the words of a header, the digits of an identity card or a
mobile telephone, an address of e-mail. A name alone looks like any other word and is not found.
"""
