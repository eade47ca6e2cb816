# %% [markdown]
# # Patience and the deal
#
# How does a deal come about as one side grows more patient, and what does each side have of it? The same games are played
# at every point, so what differs between two points is patience and not luck.

# %%
import sys

import matplotlib

if "ipykernel" not in sys.modules:
    matplotlib.use("Agg")  # no screen is needed
import matplotlib.pyplot as plt

import summitry

story = summitry.open("stockholm-2025")
print(story.title)

# %% [markdown]
# A batch says how games end. In a notebook the last line of a cell shows its charts.

# %%
batch = story.batch(2_000, seed=2025)
print(f"a deal in {batch.shares.deal.share:.1%} of {batch.games} games; {batch.digest}")
batch  # noqa: B018

# %% [markdown]
# A sweep plays the same games at every value of a path.

# %%
path = "parties.us.goal.patience"
values = [0.95, 0.96, 0.97, 0.98, 0.99, 0.999]
measures = ["deal", "us.total", "cn.total"]
sweep = story.sweep({path: values}, measures=measures, games=500, seed=2025)

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")


def line(axes, measure, label, scale=1.0):
    """A measure with its 95 % interval, by patience."""
    found = [point.measures[measure] for point in sweep.points]
    means, halves = [scale * x.mean for x in found], [scale * 1.96 * x.se for x in found]
    axes.errorbar(values, means, yerr=halves, marker="o", capsize=3, label=label)


line(left, "deal", "games with a deal", scale=100)
line(right, "us.total", "United States")
line(right, "cn.total", "China")
left.set(xlabel="patience of the United States, a week", ylabel="games with a deal [%]", ylim=(0, 100))
right.set(xlabel="patience of the United States, a week", ylabel="points, discounted")
right.legend()
name = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1].endswith((".svg", ".png", ".pdf")) else "patience.svg"
figure.savefig(name)
print(f"written: {name}")
