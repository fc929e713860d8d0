"""placeholder"""


class Suggestions: ...
