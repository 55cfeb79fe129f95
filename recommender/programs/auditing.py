"""The best programs there are, for audits: found by the exact solver, written like any other."""

from collections.abc import Callable, Sequence

from recommender.engine.api import Wishes
from recommender.engine.batch import Programs
from recommender.engine.exact import plan_exact
from recommender.engine.learner import Learner
from recommender.engine.program import Objective
from recommender.programs.planning import Planned, World


def plan_best(
    world: World, learners: Sequence[Learner], objective: Objective, *, seconds: float, unproven: Callable[[str], None]
) -> Planned:
    """Return the best program of each learner of a file.

    The solver chooses the courses, starting from those that the planner chooses; the planner then says of these what
    it says of any program: order, reasons, alternatives, unmet goals.

    Parameters
    ----------
    seconds : how long to look for one learner's program at most.
    unproven : is told each learner for whom there was not time enough to prove that nothing is better.
    """
    relevance = world.relevance(learners, [()] * len(learners))
    planned = world.plan(learners, relevance, objective)
    wishes = []
    for number, learner in enumerate(learners):
        best = plan_exact(
            world.graph,
            learner,
            None if relevance is None else relevance[number],
            objective=objective,
            today=world.today,
            seconds=seconds,
            start=_steps(planned.programs, number),
        )
        if not best.proven:
            unproven(learner.learner)
        wishes.append(Wishes(only=tuple(world.graph.course_codes[course] for course in best.courses)))
    return world.plan(learners, relevance, objective, wishes)


def _steps(programs: Programs, number: int) -> list[int]:
    steps: list[int] = programs.course[programs.step_ptr[number] : programs.step_ptr[number + 1]].tolist()
    return steps
