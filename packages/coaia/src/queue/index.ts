/** Floor 1: delivers run ids to workers, in this process or through Redis. */
export {};
