/** The fitted selector: a logistic regression over what is known of a step, and how steps are counted. */
export interface SelectorWeights {
  /** How these numbers came about: enough to make them again. */
  made: {
    command: string;
    /** Day, as given to the command. */
    date: string;
    data: string;
    split: string;
    rows: { positive: number; solved_empty: number };
    /** The rows that were fitted on, by `rowDigest`, in ascending order: figures on them are not held out. */
    fitted_on: readonly string[];
  };
  /** Strength of the L2 penalty on standardised weights, against a mean step weight of 1. */
  l2: number;
  /** `weight * (value - mean) / scale` is added to the log-odds. */
  features: readonly { name: string; mean: number; scale: number; weight: number }[];
  intercept: number;
  /** Turns the regression's log-odds into those of the annotation: `slope * x + intercept`. */
  calibration: { slope: number; intercept: number };
  count: CountFloors;
}

/** Below these probabilities no step is counted: in a run that is known to have failed, of unknown outcome, known as solved. */
export interface CountFloors {
  floor_failed: number;
  floor_unknown: number;
  floor_solved: number;
}
