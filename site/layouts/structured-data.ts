/** Facts in the vocabulary of schema.org, the same for every page that shows the thing. */
import type { ExerciseEntry, Lesson } from '../content/course.ts';

export type Crumb = { name: string; href: string };

const course = { '@type': 'Course', '@id': '/#course', name: 'Integration testing against the real thing' };

export function breadcrumbs(trail: readonly Crumb[], site: URL | undefined): Record<string, unknown> {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: trail.map(({ name, href }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: new URL(href, site).href,
    })),
  };
}

export function courseFacts(lessons: readonly Lesson[], description: string, site: URL | undefined) {
  return {
    ...course,
    '@id': new URL(course['@id'], site).href,
    description,
    url: new URL('/lessons/', site).href,
    inLanguage: 'en',
    isAccessibleForFree: true,
    provider: { '@type': 'Organization', name: 'Boundary', url: new URL('/', site).href },
    offers: { '@type': 'Offer', category: 'Free', price: 0, priceCurrency: 'EUR' },
    hasCourseInstance: {
      '@type': 'CourseInstance',
      courseMode: 'online',
      courseWorkload: `PT${Math.ceil(lessons.reduce((sum, { data }) => sum + data.minutes, 0) / 60)}H`,
    },
    hasPart: lessons.map(({ id, data }) => ({
      '@type': 'LearningResource',
      name: data.title,
      url: new URL(`/lessons/${id}/`, site).href,
    })),
  };
}

export function lessonFacts({ id, data }: Lesson, quiz: string | undefined, site: URL | undefined) {
  const url = new URL(`/lessons/${id}/`, site).href;
  return {
    '@type': 'LearningResource',
    name: data.title,
    description: data.summary,
    url,
    inLanguage: 'en',
    isAccessibleForFree: true,
    learningResourceType: 'lesson',
    timeRequired: `PT${data.minutes}M`,
    teaches: data.goals,
    ...(data.published ? { datePublished: data.published.toISOString().slice(0, 10) } : {}),
    isPartOf: { ...course, '@id': new URL(course['@id'], site).href, description: data.unit },
    ...(quiz ? { hasPart: { '@type': 'Quiz', name: quiz, url: `${url}#quiz-${data.quiz}`, about: data.title } } : {}),
  };
}

export function exerciseFacts({ id, data }: ExerciseEntry, lesson: Lesson | undefined, site: URL | undefined) {
  return {
    '@type': 'LearningResource',
    name: data.title,
    description: data.summary,
    url: new URL(`/exercises/${id}/`, site).href,
    inLanguage: 'en',
    isAccessibleForFree: true,
    learningResourceType: 'exercise',
    interactivityType: 'active',
    educationalLevel: data.level,
    timeRequired: `PT${data.minutes}M`,
    teaches: data.practises,
    ...(lesson ? { isBasedOn: new URL(`/lessons/${lesson.id}/`, site).href } : {}),
  };
}
