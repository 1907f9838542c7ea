/** A command and what it gives: the same in both shells, except where `virtual` says otherwise. */
export interface ShellCase {
  command: string;
  output: string;
  /** 0 where it is left out. */
  exit_code?: number;
  /** What the virtual shell gives instead. `told` are words of the sentence that tells the model. */
  virtual?: { told: string; output: string; exit_code?: number };
}
