import { Field, Int, ObjectType, type ClassType } from 'type-graphql';

@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follows.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether something stands before it.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first item.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last item: pass it as after to go on.' })
  endCursor!: string | null;
}

/** The connection type of a list: `nodes`, `edges { cursor node }`, `pageInfo`, and counts that are made only when asked for. */
export function connectionOf<T extends object>(name: string, node: () => ClassType<T>, description: string): ClassType {
  @ObjectType(`${name}Edge`, { description: `An item of a ${name}Connection.` })
  class Edge {
    @Field(() => String, { description: 'Pass it as after to go on behind this item.' })
    cursor!: string;

    @Field(node, { description: 'The item.' })
    node!: T;
  }

  @ObjectType(`${name}Connection`, { description })
  class Connection {
    @Field(() => [node()], { description: 'The items of this page.' })
    nodes!: T[];

    @Field(() => [Edge], { description: 'The items with their cursors.' })
    edges!: Edge[];

    @Field(() => PageInfo, { description: 'Where this page stands.' })
    pageInfo!: PageInfo;

    @Field(() => Int, { description: 'How many items there are in all that you may see, counted up to 10,000.' })
    totalCount!: number;

    @Field(() => Boolean, { description: 'Whether there are more than totalCount says.' })
    totalCountCapped!: boolean;
  }
  return Connection;
}
