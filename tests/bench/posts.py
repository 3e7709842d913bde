"""A blog of any size as Hugo (and Hameau's import) reads it. The same seed writes the same bytes.

Sizes follow a log-normal law round 3 KiB; tags follow Zipf's. Everything lists, feeds and
archives are made of is there: titles with accents, summaries, tags, dates over twelve years.
"""
import datetime
import math
import random

WORDS = """the of and to in a is that for it was on as with his they be at one have this from or had by
but some what there we can out other were all your when up use word how said each she which their time
will way about many then them would write like so these her long make thing see him two has look more
day could go come did my sound no most number who over know water than call first people may down side
been now find any new work part take get place made live where after back little only round man year
came show every good me give our under name very through just form much great think say help low line
before turn cause same mean differ move right boy old too does tell sentence set three want air well
also play small end put home read hand port large spell add even land here must big high such follow
act why ask men change went light kind off need house picture try us again animal point mother world
near build self earth father head stand own page should country found answer school grow study still
learn plant cover food sun four thought let keep eye never last door between city tree cross since hard
start might story saw far sea draw left late run while press close night real life few stop open seem
together next white children begin got walk example ease paper often always music those both mark book
letter until mile river car feet care second group carry took rain eat room friend began idea fish
mountain north once base hear horse cut sure watch color face wood main enough plain girl usual young
ready above ever red list though feel talk bird soon body dog family direct pose leave song measure
state product black short numeral class wind question happen complete ship area half rock order fire
south problem piece told knew pass farm top whole king size heard best hour better true during hundred
remember step early hold west ground interest reach fast five sing listen six table travel less morning
café naïve façade señor über crème Zürich Łódź résumé déjà""".split()
TOPICS = ["journal", "garden", "travel", "kitchen", "books", "music", "code", "film", "walks", "science"]
CODE = """int clamp(int x, int low, int high)
{
	if (x < low)
		return low;
	return x > high ? high : x;	/* 1 < 2 && "quoted" */
}
"""


class Blog:
    def __init__(self, seed=2031, size=2500):
        """size: the median of a text, in bytes of Markdown."""
        self.r, self.size = random.Random(seed), size
        weights = [1 / (i + 4) for i in range(len(WORDS))]
        total = 0
        self.cum = [total := total + w for w in weights]
        self.tags = TOPICS + [f"{a}-{b}" for a in TOPICS for b in WORDS[200:215]]
        self.tag_cum = []
        total = 0
        for i in range(len(self.tags)):
            self.tag_cum.append(total := total + 1 / (i + 1))

    def words(self, n):
        return self.r.choices(WORDS, cum_weights=self.cum, k=n)

    def sentence(self):
        w = self.words(self.r.randint(6, 18))
        at = self.r.randrange(len(w))
        style = self.r.random()
        if style < 0.12:
            w[at] = f"**{w[at]}**"
        elif style < 0.24:
            w[at] = f"*{w[at]}*"
        elif style < 0.30:
            w[at] = f"`{w[at]}`"
        elif style < 0.36:
            w[at] = f"[{w[at]}](https://example.org/{w[at].encode('ascii', 'ignore').decode()})"
        elif style < 0.40:
            w[at] = f'"{w[at]}"'
        w[0] = w[0].capitalize()
        return " ".join(w) + self.r.choice("....!?")

    def paragraph(self):
        return " ".join(self.sentence() for _ in range(self.r.randint(2, 6)))

    def block(self):
        kind = self.r.random()
        if kind < 0.12:
            return "## " + " ".join(self.words(self.r.randint(2, 5))).capitalize()
        if kind < 0.20:
            return "\n".join("- " + self.sentence() for _ in range(self.r.randint(3, 6)))
        if kind < 0.24:
            return "\n".join(f"{i}. " + self.sentence() for i in range(1, self.r.randint(4, 7)))
        if kind < 0.29:
            return "```c\n" + CODE + "```"
        if kind < 0.33:
            return "> " + self.paragraph()
        if kind < 0.35:
            rows = [" | ".join(self.words(3)) for _ in range(5)]
            return "\n".join([f"| {rows[0]} |", "|---|---|--:|"] + [f"| {row} |" for row in rows[1:]])
        return self.paragraph()

    def body(self):
        size = min(24000, max(400, math.exp(self.r.gauss(math.log(self.size), 0.6))))
        parts, n = [], 0
        while n < size:
            parts.append(self.block())
            n += len(parts[-1]) + 2
        return "\n\n".join(parts) + "\n"

    def post(self, i, when):
        title = " ".join(self.words(self.r.randint(3, 7))).capitalize()
        tags = sorted(set(self.r.choices(self.tags, cum_weights=self.tag_cum, k=self.r.randint(1, 4))))
        head = [f'title: "{title}"', f"date: {when.isoformat()}Z", "tags: [" + ", ".join(tags) + "]"]
        if self.r.random() < 0.5:
            head.append(f'description: "{self.sentence().translate(str.maketrans("", "", chr(34)))}"')
        return f"{when.date()}-post-{i:05d}.md", "---\n" + "\n".join(head) + "\n---\n\n" + self.body()


def write(folder, count, seed=2031, size=2500):
    """Writes count posts into folder/content/posts; returns their bytes."""
    blog = Blog(seed, size)
    content = folder / "content" / "posts"
    content.mkdir(parents=True, exist_ok=True)
    when = datetime.datetime(2012, 1, 1, 8)
    step = datetime.timedelta(seconds=12 * 365 * 86400 // max(count, 1))
    total = 0
    for i in range(count):
        name, text = blog.post(i, when + i * step)
        data = text.encode()
        (content / name).write_bytes(data)
        total += len(data)
    return total
