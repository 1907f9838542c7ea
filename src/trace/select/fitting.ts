/** What fitting and measuring the selector needs of its inside. */
export {
  type Claim,
  type RuleStep,
  SELECT_FEATURES,
  type SelectGroup,
  type SelectView,
  selectRows,
} from "./features.ts";
